"""The ways to the outside, each against what it has promised."""
