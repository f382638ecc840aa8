"""What is wrong with a YAML rule, in words and with lines. Costs time, so it runs only for files that are known to be wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import yaml
from jsonschema.exceptions import ValidationError

from auditor.engine.declarative import Requirement
from auditor.engine.operators import OPERATORS
from auditor.engine.rule_file import problem
from auditor.model.diagnostic import Diagnostic

_SCHEMA = Path(__file__).parent.parent / "schemas" / "rule.schema.json"


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of a YAML rule."""
    found: dict[str, Any] = json.loads(_SCHEMA.read_text("utf-8"))
    return found


def explain(file: str, text: str, data: Any) -> list[Diagnostic]:
    """Every problem of a rule file, sorted by line; never empty."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    validator = jsonschema.Draft202012Validator(schema())
    found = [
        problem(file, *_mark(root, path), message) for error in validator.iter_errors(data) for path, message in _explain(_innermost(error))
    ]
    if not found and isinstance(data, dict):
        found = [problem(file, *_mark(root, path), message) for path, message in _uncompilable(data)]
    return sorted(set(found)) or [problem(file, 1, 1, "is not a rule")]


def _innermost(error: ValidationError) -> ValidationError:
    """Of a value that fits none of several shapes, the complaint of the shape that it is nearest to."""
    while error.context:
        error = max(error.context, key=lambda inner: (len(inner.absolute_path), _FAR.get(str(inner.validator), 2)))
    return error


_FAR = {"type": 0, "enum": 1}


def _explain(error: ValidationError) -> Iterator[tuple[list[str | int], str]]:
    """(path of the offending key, message)."""
    path = list(error.absolute_path)
    instance: Any = error.instance
    wanted: Any = error.validator_value
    match error.validator:
        case "additionalProperties":
            known = sorted(schema()["properties"]) if not path else sorted(OPERATORS)
            for key in instance:
                if key not in known:
                    yield [*path, key], f"unknown key {key!r}; known are {', '.join(known)}"
        case "required" if not path:
            for key in wanted:
                if key not in instance:
                    yield path, f"the key {key!r} is missing"
        case "required" | "anyOf":
            yield path, f"an operator is missing; there are {', '.join(sorted(OPERATORS))}"
        case "enum":
            yield path, f"{_where(path)}{instance!r} is none of {', '.join(map(str, wanted))}"
        case "type":
            yield path, f"{_where(path)}{instance!r} is not of type {wanted if isinstance(wanted, str) else ' or '.join(wanted)}"
        case "pattern" if "propertyNames" in error.schema_path:
            yield [*path, instance], f"{instance!r} is not a path"
        case _:
            yield path, f"{_where(path)}{error.message}"


def _where(path: Sequence[str | int]) -> str:
    return next((f"{step}: " for step in reversed(path) if isinstance(step, str)), "")


def _uncompilable(data: dict[str, Any]) -> Iterator[tuple[list[str | int], str]]:
    """Paths and regular expressions have rules of their own that a schema cannot say."""
    for table in ("when", "require"):
        tests = data.get(table)
        for path, test in tests.items() if isinstance(tests, dict) else ():
            try:
                Requirement.of(path, test)
            except (ValueError, re.error) as error:
                yield [table, path], f"{path}: {error}"


def _mark(node: yaml.Node | None, path: Sequence[str | int]) -> tuple[int, int]:
    """(line, column) of the key at `path`, or of the nearest table around it."""
    line, column = (node.start_mark.line, node.start_mark.column) if node else (0, 0)
    for step in path:
        if isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if key.value == str(step)]
            if not found:
                break
            key, node = found[-1]
            line, column = key.start_mark.line, key.start_mark.column
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line, column = node.start_mark.line, node.start_mark.column
        else:
            break
    return line + 1, column + 1
