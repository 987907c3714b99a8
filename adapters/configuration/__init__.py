"""Configuration: the file in which a programme says how it releases, read once into typed values."""
