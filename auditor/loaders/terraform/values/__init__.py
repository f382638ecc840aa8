"""Values with their types: what they are, how they convert and compare, and their numbers of 512 bits."""
