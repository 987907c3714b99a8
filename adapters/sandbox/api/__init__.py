"""What the server answers: a function for each operation of its interface."""
