"""Wikis and their pages."""
