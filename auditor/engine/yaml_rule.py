"""Rules declared in YAML. Reading one executes nothing, so they may come from a folder that nobody trusts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from auditor.engine import page
from auditor.engine.declarative import compile_check, split
from auditor.engine.rule_file import problem
from auditor.model.error import RuleFileError
from auditor.model.resource import Facet
from auditor.model.rule import Confidence, Page, Profile, Rule, Severity

MAX_BYTES = 256 * 1024

_SEVERITIES = {str(severity): severity for severity in Severity}
_CONFIDENCES = {str(confidence): confidence for confidence in Confidence}
_PROFILES = {str(profile): profile for profile in Profile}
_ALL = frozenset(Facet)
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Invalid(Exception):
    """Something does not have the declared shape; the schema says what."""


def load(rule_id: str, path: Path) -> Rule:
    """The rule of a YAML file; raises `RuleFileError` with every problem."""
    file = str(path)
    try:
        content = path.read_bytes()
        if len(content) > MAX_BYTES:
            raise RuleFileError(problem(file, 1, 1, f"a rule file has at most {MAX_BYTES:,} bytes, this one has {len(content):,}"))
        text = content.decode("utf-8")
    except OSError as error:
        raise RuleFileError(problem(file, 1, 1, f"cannot be read: {error.strerror}")) from error
    except UnicodeDecodeError as error:
        raise RuleFileError(problem(file, content.count(b"\n", 0, error.start) + 1, 1, "is not UTF-8 text")) from error
    try:
        data = yaml.load(text, Loader=_LOADER)  # noqa: S506 - both are safe loaders
        return from_data(rule_id, path, text, data)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise RuleFileError(problem(file, line, column, f"not YAML: {error.problem or error.context}")) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise RuleFileError(problem(file, 1, 1, f"not YAML: {error}")) from error
    except Invalid:
        from auditor.engine import yaml_problems  # with jsonschema, which costs more time than all rules that are right

        raise RuleFileError(*yaml_problems.explain(file, text, data)) from None


def from_data(rule_id: str, path: Path, text: str, data: Any) -> Rule:
    """The rule of a YAML document; `text` is its source. Raises `Invalid`, without a reason."""
    if not isinstance(data, dict) or not data.keys() <= _READERS.keys() or not data.keys() >= _NEEDED:
        raise Invalid
    it = {key: _READERS[key](value) for key, value in data.items()}
    try:
        check = compile_check(it["require"], it.get("when", {}), it["message"])
    except (ValueError, re.error):
        raise Invalid from None
    return Rule(
        id=rule_id,
        severity=it["severity"],
        kinds=frozenset(it["target"]),
        check=check,
        read_page=partial(_page, it["docs"], text),
        each=it.get("each", ""),
        confidence=it.get("confidence", Confidence.CERTAIN),
        profile=it.get("profile", Profile.AUDIT),
        facets=it.get("facets", _ALL),
        aliases=it.get("aliases", ()),
        enabled=it.get("enabled", True),
        symptoms=it.get("symptoms", ()),
        source=str(path),
    )


def _page(docs: str, text: str) -> Page:
    found = re.search(r"^docs\s*:", text, re.MULTILINE)
    return page.parse(docs, text.count("\n", 0, found.start()) + 2 if found else 1)


# -- the shape, checked by hand: a thousand rules are read at every start, and the schema would take a second for them


def _one_of(names: Mapping[str, Any]) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if not isinstance(value, str) or value not in names:
            raise Invalid
        return names[value]

    return read


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise Invalid
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Invalid
    return tuple(_text(item) for item in value)


def _words(value: Any) -> tuple[str, ...]:
    words = value.split() if isinstance(value, str) else _texts(value)
    if not words or any(re.search(r"\s", word) for word in words):
        raise Invalid
    return tuple(words)


def _facets(value: Any) -> frozenset[Facet]:
    found = frozenset(_one_of({str(facet): facet for facet in Facet})(item) for item in _texts(value))
    if not found or len(found) < len(value):
        raise Invalid
    return found


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Invalid
    return value


def _path(value: Any) -> str:
    try:
        split(_text(value))
    except ValueError:
        raise Invalid from None
    return str(value)


def _scalar(value: Any) -> None:
    if not isinstance(value, (str, int, float, bool)):
        raise Invalid


def _scalars(value: Any) -> None:
    if not isinstance(value, list) or not value:
        raise Invalid
    for item in value:
        _scalar(item)


def _either(value: Any) -> None:
    (_scalars if isinstance(value, list) else _scalar)(value)


def _number(value: Any) -> None:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise Invalid


_WANTED: Mapping[str, Callable[[Any], Any]] = {
    "equals": _scalar,
    "not-equals": _scalar,
    "in": _scalars,
    "not-in": _scalars,
    "at-least": _number,
    "at-most": _number,
    "matches": _text,
    "not-matches": _text,
    "contains": _either,
    "not-contains": _either,
    "default": _scalar,
}


def _table(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or not value:
        raise Invalid
    for path, test in value.items():
        _path(path)
        if test in ("present", "absent"):
            continue
        if not isinstance(test, dict) or not test.keys() - {"default"} or not test.keys() <= _WANTED.keys():
            raise Invalid
        for operator, wanted in test.items():
            _WANTED[operator](wanted)
    return value


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "severity": _one_of(_SEVERITIES),
    "confidence": _one_of(_CONFIDENCES),
    "profile": _one_of(_PROFILES),
    "target": _words,
    "each": _path,
    "when": _table,
    "require": _table,
    "message": _text,
    "aliases": _words,
    "facets": _facets,
    "enabled": _flag,
    "symptoms": _texts,
    "docs": _text,
}
_NEEDED = frozenset({"severity", "target", "require", "message", "docs"})
