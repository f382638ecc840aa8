"""And, or, not over three values: True, False, and None for what is not known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

Truth: TypeAlias = "bool | None"


def conj(*values: Truth) -> Truth:
    """And: what is certainly false decides, whatever the others are."""
    return False if False in values else None if None in values else True


def disj(*values: Truth) -> Truth:
    """Or: what is certainly true decides, whatever the others are."""
    return True if True in values else None if None in values else False


def neg(value: Truth) -> Truth:
    """Not."""
    return None if value is None else not value


def all_of(values: Iterable[Truth]) -> Truth:
    """And over any number; true for none."""
    return conj(*values)


def any_of(values: Iterable[Truth]) -> Truth:
    """Or over any number; false for none."""
    return disj(*values)
