"""What is computed once for a graph: the graph is read-only, and many rules ask the same of it."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from auditor.model.graph import Graph

P = ParamSpec("P")
T = TypeVar("T")


def of_graph(graph: Graph, name: str, make: Callable[[], T]) -> T:
    """What `make` returns, made once for each graph and name; it goes when the graph goes."""
    known: dict[str, Any] = graph.__dict__.setdefault("_view_cache", {})
    if name not in known:
        known[name] = make()
    found: T = known[name]
    return found


def per_graph(function: Callable[P, T]) -> Callable[P, T]:
    """Remember what a function of a graph returns, as long as the graph lives and however large it is.

    One parameter is called `graph` and given by position; all arguments can be hashed.
    """
    place = list(inspect.signature(function).parameters).index("graph")
    name = f"{function.__module__}.{function.__qualname__}"

    @functools.wraps(function)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> T:
        graph: Any = args[place]
        try:
            known = graph.__dict__["_view_cache"][name]
        except KeyError:
            known = graph.__dict__.setdefault("_view_cache", {}).setdefault(name, {})
        rest = (args[:place], args[place + 1 :], *kwargs.items())
        if rest not in known:
            known[rest] = function(*args, **kwargs)
        found: T = known[rest]
        return found

    return remembered
