"""What is computed once for a graph: the graph is read-only, and many rules ask the same of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from auditor.model.graph import Graph

T = TypeVar("T")


def of_graph(graph: Graph, name: str, make: Callable[[], T]) -> T:
    """What `make` returns, made once for each graph and name; it goes when the graph goes."""
    known: dict[str, Any] = graph.__dict__.setdefault("_view_cache", {})
    if name not in known:
        known[name] = make()
    found: T = known[name]
    return found
