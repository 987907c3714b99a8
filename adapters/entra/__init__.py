"""Entra ID: where the tokens come from, for the service and for people; MSAL is known here and nowhere else."""
