"""What a configuration must satisfy beyond the shape of each setting, one subject a file."""
