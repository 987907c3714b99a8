"""The web: what Shunter listens to."""
