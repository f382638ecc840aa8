"""Regular expressions as RE2 reads and matches them."""

from __future__ import annotations


class Unsupported(Exception):
    """A valid construct that is not supported here."""


class TooMuchWork(Exception):
    """The text is too long for this pattern."""
