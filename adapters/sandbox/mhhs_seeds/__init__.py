"""What the default world is made of: its people, its parties, and the work items as they came to be."""
