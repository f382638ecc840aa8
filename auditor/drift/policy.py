"""Policy documents by their meaning: what AWS may write in several ways compares equal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_LISTS = ("Action", "NotAction", "Resource", "NotResource")
_PRINCIPALS = ("Principal", "NotPrincipal")


def canonical_policy(document: Any) -> Any:
    """A policy with its statements and their listings in a fixed order; anything else as it is."""
    if not isinstance(document, Mapping) or "Statement" not in document:
        return document
    statements = document["Statement"]
    found = [_statement(one) for one in (statements if isinstance(statements, list) else [statements])]
    return {**document, "Statement": sorted(found, key=_text)}


def _statement(statement: Any) -> Any:
    if not isinstance(statement, Mapping):
        return statement
    found = {name: value for name, value in statement.items() if value not in (None, "", {})}
    for name in _LISTS:
        if name in found:
            found[name] = _many(found[name])
    if isinstance(found.get("Effect"), str):
        found["Effect"] = found["Effect"].capitalize()
    for name in _PRINCIPALS:
        if isinstance(found.get(name), Mapping):
            found[name] = {kind: sorted(map(_principal, _many(value))) for kind, value in found[name].items()}
    if isinstance(found.get("Condition"), Mapping):
        found["Condition"] = {
            operator: {key: _many(value) for key, value in keys.items()} if isinstance(keys, Mapping) else keys
            for operator, keys in found["Condition"].items()
        }
    return found


def _many(value: Any) -> list[str]:
    """One or several texts, numbers or truth values as a sorted listing of texts."""
    items = value if isinstance(value, list) else [value]
    return sorted({item if isinstance(item, str) else _text(item) for item in items})


def _principal(text: str) -> str:
    """An account by its number is its root user."""
    return f"arn:aws:iam::{text}:root" if text.isdigit() and len(text) == 12 else text


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str)
