"""The layout of every text that people read."""
