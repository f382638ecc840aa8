"""What suppressions in manifests are read from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model.resource import Resource
from auditor.model.source import Block, Comment
from auditor.model.value import Value

MARKER = re.compile(r"auditor:ignore|skip=|trivy:ignore|kics-scan|zizmor:")
_MAX_DEPTH = 100


def comments_of(text: str, path: str) -> Iterator[Comment]:
    """The comments of a file that may suppress something, and those on lines of their own."""
    for number, line in enumerate(text.splitlines(), 1):
        code, mark, comment = line.partition("#")
        if mark and (not code.strip() or MARKER.search(comment)):
            yield Comment(path, number, f"#{comment}", not code.strip())


def blocks_of(resource: Resource) -> Iterator[Block]:
    """The object, and every table and list in it that begins a line: what a comment above it speaks for."""
    span = resource.span
    yield Block(span.file, span.line, span.end_line, resource.address.text)
    for start, end in sorted(set(_inner(resource.body.value_, 0))):
        yield Block(span.file, start, end, resource.address.text)


def _inner(value: Value, depth: int) -> Iterator[tuple[int, int]]:
    data = value.data
    if depth > _MAX_DEPTH:
        return
    if isinstance(data, dict):
        keys = getattr(data, "keys_at", {})
        for name, part in data.items():
            if isinstance(part.data, (dict, list)) and name in keys:
                yield keys[name].line, part.place.span().end_line
            yield from _inner(part, depth + 1)
    elif isinstance(data, list):
        for item in data:
            if isinstance(item.data, (dict, list)):
                span = item.place.span()
                yield span.line, span.end_line
            yield from _inner(item, depth + 1)
