"""The checker: it reads what the server kept, knows the promises, and nothing of how Shunter decides."""
