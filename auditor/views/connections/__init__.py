"""How many connections the clients of a database may open, and how many it allows."""
