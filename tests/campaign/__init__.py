"""The campaign: whether the promises hold under faults, told from what the server kept."""
