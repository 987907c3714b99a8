"""One file for each revision of the ledger, oldest first."""
