"""YAML in a string of Terraform's code: a table whose values stand where the lines of the string do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from auditor.loaders.yaml import read_yaml
from auditor.loaders.yaml.dialect import KUBERNETES
from auditor.model.span import Span
from auditor.model.value import JsonText, Place, Unknown, Value
from auditor.model.written import Written


def parsed(value: Value) -> Value | None:
    """The one document of a text, or what is known of a text that is not known as a whole; None when it cannot be read."""
    if isinstance(value.data, JsonText):
        return value.data.tree
    if isinstance(value.data, Unknown):
        return value.data.tree
    if not isinstance(value.data, str):
        return None
    text: Any = value.data
    documents, problems = read_yaml(text, value.place.span().file, KUBERNETES)
    if problems or len(documents) != 1:
        return None
    root = documents[0].root
    _move(root, _Moved.of(value.place, text), 0)
    return root


@dataclass(frozen=True, slots=True)
class _Moved:
    """Where the lines of a text stand in the code: `line` lines and `column` columns further; all at one place when it is no heredoc."""

    whole: Span
    line: int
    column: int
    heredoc: bool

    @classmethod
    def of(cls, place: Place, text: str) -> _Moved:
        span = place.span()
        written = str(getattr(place, "text", ""))
        if not written.startswith("<<"):
            return cls(span, 0, 0, heredoc=False)
        line = written.split("\n")[1] if "\n" in written else ""
        indent = len(line) - len(line.lstrip()) - (len(text) - len(text.lstrip(" ")))
        return cls(span, span.line, max(0, indent), heredoc=True)


def _move(value: Any, to: _Moved, depth: int) -> None:
    if not isinstance(value, Written) or depth > 100:
        return
    if to.heredoc:
        value.line, value.end_line = value.line + to.line, value.end_line + to.line
        value.column, value.end_column = value.column + to.column, value.end_column + to.column
    else:
        whole = to.whole
        value.line, value.column, value.end_line, value.end_column = whole.line, whole.column, whole.end_line, whole.end_column
    data = value.data
    if isinstance(data, dict):
        for part in data.values():
            _move(part, to, depth + 1)
    elif isinstance(data, list):
        for part in data:
            _move(part, to, depth + 1)
