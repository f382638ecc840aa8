"""The published JSON Schemas, by name."""

from __future__ import annotations

from importlib.resources import files

from auditor.app.nearest import nearest
from auditor.model.error import InputError

_SUFFIX = ".schema.json"


def names() -> tuple[str, ...]:
    """Every schema, sorted."""
    folder = files("auditor") / "schemas"
    return tuple(sorted(file.name.removesuffix(_SUFFIX) for file in folder.iterdir() if file.name.endswith(_SUFFIX)))


def text(name: str) -> str:
    """The JSON of a schema; raises `InputError` when there is none of that name."""
    if name not in names():
        raise InputError(f"no schema is called {name!r}{nearest(name, names())}", hint=f"there are: {', '.join(names())}")
    return (files("auditor") / "schemas" / f"{name}{_SUFFIX}").read_text("utf-8")
