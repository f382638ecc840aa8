"""Edges between resources: one module for each way in which things hang together, found by listing this package.

A module offers `edges(graph) -> Iterable[Edge]`.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Protocol, runtime_checkable

from auditor.model.graph import Edge, Graph, Link


@runtime_checkable
class Linker(Protocol):
    """What a module of this package offers."""

    def edges(self, graph: Graph) -> list[Edge]:
        """The edges of this kind."""


@cache
def links() -> tuple[Link, ...]:
    """Every link, by module name."""
    modules = (importlib.import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__))
    return tuple(module.edges for module in modules if isinstance(module, Linker))
