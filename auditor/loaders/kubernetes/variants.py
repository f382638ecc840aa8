"""What differs between two renderings of a chart is what the values decide that are not known."""

from __future__ import annotations

from typing import Any

from auditor.loaders import Rendering
from auditor.loaders.yaml import read_yaml
from auditor.loaders.yaml.dialect import KUBERNETES
from auditor.model.value import Unknown, Value

_UNKNOWN = Unknown("a value that is not known decides it")
_DOUBT = "values that are not known decide what the chart makes"


def differences(roots: list[Value], other: Rendering, name: str) -> str:
    """Make unknown what another rendering of the same template has differently; in words, when not even the shape is the same."""
    documents, _ = read_yaml(other.texts.get(name, ""), name, KUBERNETES)
    others = [document.root for document in documents]
    if other.problem or len(others) != len(roots):
        return _DOUBT
    same = [_open(root, it, 0) for root, it in zip(roots, others, strict=True)]
    return "" if all(same) else _DOUBT


def _open(value: Value, other: Value, depth: int) -> bool:
    """Whether two trees have the same shape; scalars that differ become unknown on the way."""
    mine: Any = value.data
    theirs: Any = other.data
    if isinstance(mine, dict):
        if not isinstance(theirs, dict) or mine.keys() != theirs.keys() or depth > 100:
            return False
        return all(_open(part, theirs[key], depth + 1) for key, part in mine.items())
    if isinstance(mine, list):
        if not isinstance(theirs, list) or len(mine) != len(theirs) or depth > 100:
            return False
        return all(_open(part, it, depth + 1) for part, it in zip(mine, theirs, strict=True))
    if isinstance(theirs, (dict, list)):
        return False
    if mine != theirs or type(mine) is not type(theirs):
        value.data = _UNKNOWN
    return True
