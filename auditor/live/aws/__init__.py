"""AWS: one module per resource type, each with `SPEC`, an example of the replies, and what is expected of it.

A module whose type is spread over objects of other types has a `READING` alone.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType

from auditor.live.spec import Spec
from auditor.model.running import Reading


@cache
def modules() -> tuple[ModuleType, ...]:
    """The modules of all types, by name."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_"))
    return tuple(importlib.import_module(f"{__name__}.{name}") for name in names)


def specs() -> tuple[Spec, ...]:
    """The types that can be read."""
    return tuple(module.SPEC for module in modules() if hasattr(module, "SPEC"))


def readings() -> dict[str, Reading]:
    """What drift needs to know of the types, those that are spread over others included."""
    found = {spec.kind: spec.reading for spec in specs()}
    return found | {module.READING.kind: module.READING for module in modules() if hasattr(module, "READING")}
