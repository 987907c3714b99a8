"""Migrations of the ledger: each a file in `versions`, named v0002_what.py after the one before it.

They only add (tables, columns with a default or empty, indexes): while a new version of Shunter is rolled out, an old
process goes on writing until it is stopped. What is made for a new database stands in `ledger_tables`; a test holds the
two against each other.
"""
