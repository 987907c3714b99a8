"""What is shipped for those who run it: it agrees with the program, as far as can be told without their machines."""
