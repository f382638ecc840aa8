"""Paths in resources: `a.b`, `a[0].b`, `a["x.y"]`, and the steps that they are made of."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

Steps: TypeAlias = "tuple[tuple[str, int | None], ...]"
"""A key with None, or a position in a listing with an empty key."""
Way: TypeAlias = "tuple[str | Way, Steps]"
"""A path that nobody has asked for yet: where it starts, and the steps from there."""

_STEP = re.compile(r'\.?(?:([^.\[\]"]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\])')


def text_of(way: str | Way) -> str:
    """The path itself."""
    if isinstance(way, str):
        return way
    base, steps = way
    path = text_of(base)
    for key, index in steps:
        path = joined(path, key) if index is None else f"{path}[{index}]"
    return path


def joined(path: str, key: str) -> str:
    """A path and a key below it."""
    if _is_word(key):
        return f"{path}.{key}" if path else key
    quoted = key.replace("\\", "\\\\").replace('"', '\\"')
    return f'{path}["{quoted}"]'


@lru_cache(maxsize=8192)
def _is_word(key: str) -> bool:
    return re.fullmatch(r"[^.\[\]\"]+", key) is not None


@lru_cache(maxsize=4096)
def steps_of(path: str) -> Steps:
    """The steps of a path. Raises `ValueError` for what is none."""
    steps: list[tuple[str, int | None]] = []
    end = 0
    while end < len(path):
        found = _STEP.match(path, end)
        if not found:
            raise ValueError(f"not a path: {path!r}")
        word, index, quoted = found.groups()
        if index is not None:
            steps.append(("", int(index)))
        else:
            steps.append((word if word is not None else re.sub(r"\\(.)", r"\1", quoted), None))
        end = found.end()
    return tuple(steps)
