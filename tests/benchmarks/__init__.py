"""How long things take and what they cost; run by hand, not by pytest."""
