"""Data sources whose result follows from their arguments alone: one module each, named as the type.

A module offers `attributes(body, instance) -> dict[str, Callable[[], Typed]]`: how to compute what the provider would.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from auditor.loaders.terraform.values.types import Typed
from auditor.model.value import LazyTable

if TYPE_CHECKING:
    from auditor.loaders.terraform.instance import Instance


@cache
def _types() -> frozenset[str]:
    return frozenset(f"data.{info.name}" for info in pkgutil.iter_modules(__path__))


def compute(kind: str, body: Typed, instance: Instance) -> Typed:
    """`body` with the attributes that can be computed."""
    if kind not in _types():
        return body
    module = importlib.import_module(f"{__name__}.{kind.removeprefix('data.')}")
    made: Mapping[str, Callable[[], Typed]] = module.attributes(body, instance)
    table: Any = body.data

    def make(name: str) -> Typed:
        found: Typed = table[name] if name in table else made[name]()
        return found

    return Typed(LazyTable((*table, *(name for name in made if name not in table)), make), None, body.place, body.marks)
