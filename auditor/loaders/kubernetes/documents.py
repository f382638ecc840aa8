"""The documents of a file: YAML or JSON, one or many, whatever its name says."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from auditor.loaders.yaml import read_yaml
from auditor.loaders.yaml.dialect import KUBERNETES
from auditor.model.diagnostic import Diagnostic, Level
from auditor.model.json_text import parse_json_file
from auditor.model.span import Span
from auditor.model.value import Unknown, Value

_ACTION = re.compile(r"\{\{|\{%")
_PLACEHOLDER = re.compile(
    r"\{\{-?\s*(?:\.Values\b|\.Release\b|\.Chart\b|include\s|template\s|values\.|\$\.Values\b)|\A\$\{\w+(?::?[=-][^}]*)?\}\Z"
)
_MAY_HAVE_PLACEHOLDERS = re.compile(r"\{\{-?\s*(?:\.Values\b|\.Release\b|\.Chart\b|include\s|template\s|values\.|\$\.Values\b)|\$\{\w+")
_MAX_DEPTH = 100
_MAX_PROBLEMS = 100


def read_documents(text: str, path: str) -> tuple[list[Value], list[Diagnostic]]:
    """(roots, problems) of a file. A broken document is one problem, and leaves the others; what a template would fill in is unknown."""
    roots: list[Value]
    if path.endswith(".json"):
        roots, problems = _json(text, path)
    else:
        documents, problems = read_yaml(text if text.endswith("\n") else f"{text}\n", path, KUBERNETES)
        roots = [document.root for document in documents]
        if problems and text.lstrip()[:1] == "{":
            several, broken = _json(text, path)
            if several and not broken:
                roots, problems = several, []
    if problems and _ACTION.search(text):
        problems = [_as_template(problem) for problem in problems]
    if len(problems) > _MAX_PROBLEMS:
        more = f"and {len(problems) - _MAX_PROBLEMS:,} more documents of this file cannot be read"
        problems = [*problems[:_MAX_PROBLEMS], replace(problems[_MAX_PROBLEMS], message=more)]
    if _MAY_HAVE_PLACEHOLDERS.search(text):
        for root in roots:
            _open_placeholders(root, 0)
    return roots, problems


def _as_template(problem: Diagnostic) -> Diagnostic:
    if problem.code != "yaml-syntax":
        return problem
    message = f"this is a template that nothing here renders, not YAML: {problem.message}"
    return replace(problem, code="template-not-rendered", message=message, level=Level.WARNING)


def _open_placeholders(value: Value, depth: int) -> None:
    """Make unknown what a template engine would replace."""
    data = value.data
    if isinstance(data, str):
        if _PLACEHOLDER.search(data):
            value.data = Unknown("a template fills it in")
    elif depth < _MAX_DEPTH and isinstance(data, dict):
        for part in data.values():
            _open_placeholders(part, depth + 1)
    elif depth < _MAX_DEPTH and isinstance(data, list):
        for part in data:
            _open_placeholders(part, depth + 1)


_SPACE = re.compile(r"\s*")
_MAX_TEXTS = 2_000
"""The most JSON texts that are read of one file."""


def _json(text: str, path: str) -> tuple[list[Value], list[Diagnostic]]:
    """The JSON texts of a file, one after the other."""
    roots: list[Value] = []
    decoder = json.JSONDecoder()
    end = 0
    try:
        while (start := _after_space(text, end)) < len(text):
            if len(roots) == _MAX_TEXTS:
                return roots, [
                    Diagnostic(Span(path), "json-too-many", f"more than {_MAX_TEXTS:,} JSON texts in a file are not read", gap=True)
                ]
            end = decoder.raw_decode(text, start)[1]
            roots.append(parse_json_file(_padded(text, start, end), path))
    except json.JSONDecodeError as error:
        span = Span(path, error.lineno, error.colno, error.lineno, error.colno + 1)
        return roots, [Diagnostic(span, "json-syntax", f"the file is not JSON: {error.msg}", gap=True)]
    except RecursionError:
        return roots, [Diagnostic(Span(path), "json-syntax", "the file is nested too deeply", gap=True)]
    return roots, []


def _after_space(text: str, start: int) -> int:
    found = _SPACE.match(text, start)
    return found.end() if found else start


def _padded(text: str, start: int, end: int) -> str:
    """A part of a text that keeps its line and column."""
    if not start:
        return text[:end]
    line_start = text.rfind("\n", 0, start) + 1
    return "\n" * text.count("\n", 0, start) + " " * (start - line_start) + text[start:end]
