"""Mutants: small changes for the worse, each of which the campaign has to find."""
