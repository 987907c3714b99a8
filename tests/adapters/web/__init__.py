"""What Shunter listens to."""
