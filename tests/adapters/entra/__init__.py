"""Signing in by Entra ID, against a real service of its kind."""
