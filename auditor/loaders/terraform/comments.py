"""The comments of a file in which somebody asks for silence: what suppressions are read from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model.source import Comment

_MARKER = re.compile(r"auditor:ignore|skip=|tfsec:ignore|trivy:ignore|kics-scan")
_COMMENT = re.compile(r"(?P<code>[^\n]*?)(?P<comment>(?:#|//|/\*)[^\n]*)")


def comments_of(path: str, text: str) -> Iterator[Comment]:
    """Every comment line of a file that holds a marker, and the marked comments beside code; nothing for other files."""
    if not _MARKER.search(text):
        return
    for number, line in enumerate(text.splitlines(), 1):
        found = _COMMENT.match(line)
        if found is None:
            continue
        own = not found["code"].strip()
        marked = _MARKER.search(found["comment"])
        if own or marked:
            yield Comment(path, number, found["comment"], own)
