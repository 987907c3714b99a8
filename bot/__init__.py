"""What is known and what is decided about releases: values in, values out."""

__version__ = "0.1.0"
