"""What may stand where in the files that GitHub reads: tables of keys and values, and the walk that compares a file with them."""
