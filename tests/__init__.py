"""What Shunter promises, and the proof that it keeps to it."""
