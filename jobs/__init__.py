"""What Shunter does, when, and how it is started."""
