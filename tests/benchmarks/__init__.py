"""How long planning takes in a large programme; run by hand, not by pytest."""
