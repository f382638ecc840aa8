"""What the other bundles of a tree hold, at a glance: an object that is not here may be deployed together with them.

Read with regular expressions, not with the parser: it only has to make a missing object doubtful.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from posixpath import dirname

from auditor.model.value import Value

_DOCUMENT = re.compile(r"^---.*$", re.M)
_KIND = re.compile(r"^kind:[ \t]*[\"']?(\w+)", re.M)
_NAME = re.compile(r"^metadata:.*\n(?:[ \t#].*\n|\n)*?[ \t]+name:[ \t]*[\"']?([^\s\"'#]+)", re.M)
_FLOW_NAME = re.compile(r"^metadata:[ \t]*\{.*?\bname:[ \t]*[\"']?([^\s\"',}]+)", re.M)
_LABEL = re.compile(r"^[ \t]+[\"']?([\w./-]+)[\"']?:[ \t]*[\"']?([\w.-]+)[\"']?[ \t]*$", re.M)
_TEMPLATE = re.compile(r"^[ \t]+template:|^kind: *Pod\b", re.M)


def index(manifests: Mapping[str, str]) -> dict[str, Value]:
    """`Kind/name` and `label:key=value` (of workloads) -> the bundles that hold it."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for path, text in manifests.items():
        folder = dirname(path) or "."
        for piece in _DOCUMENT.split(text):
            kind, name = _KIND.search(piece), _FLOW_NAME.search(piece) or _NAME.search(piece)
            if not kind or not name:
                continue
            found[f"{kind[1]}/{name[1]}"][folder] = None
            if _TEMPLATE.search(piece):
                for key, value in _LABEL.findall(piece):
                    found[f"label:{key}={value}"][folder] = None
    return {key: Value([Value(folder) for folder in folders]) for key, folders in found.items()}
