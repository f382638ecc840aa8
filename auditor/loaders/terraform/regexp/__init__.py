"""Regular expressions as RE2 reads and matches them."""
