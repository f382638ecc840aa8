"""How long each step between a client and a database waits, and how long the next one may take."""
