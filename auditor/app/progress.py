"""How far long work has come, for whoever wants to show it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = "Callable[[str, int, int], None]"
"""(what is being done, how much is done, how much there is)"""


def silent(_what: str, _done: int, _total: int) -> None:
    """Show nothing."""
