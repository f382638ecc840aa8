"""Plain, immutable data and the graph over it. Imports nothing from the rest of the package."""
