"""The addresses that the server knows, a table for each part of the service."""
