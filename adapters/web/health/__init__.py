"""Health: whether Shunter lives, whether it can do its job, and how it does in numbers."""
