"""Web apps: the versions of the runtimes that they ask for."""

from __future__ import annotations

import re

from auditor.model.node import Node


def older(version: Node, oldest: tuple[int, int]) -> bool:
    """Whether a version such as `3.8`, `1.8` (which is Java 8) or `11` is older than that; false where none is written."""
    found = re.match(r"(\d+)(?:\.(\d+))?", version.text or "")
    return found is not None and (int(found[1]), int(found[2] or oldest[1])) < oldest
