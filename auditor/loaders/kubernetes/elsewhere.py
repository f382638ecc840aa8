"""What the other bundles of a tree hold, at a glance: an object that is not here may be deployed together with them.

Read with regular expressions, not with the parser: it only has to make a missing object doubtful.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from posixpath import dirname

from auditor.loaders.files import Files, Unreadable
from auditor.loaders.kubernetes import sources
from auditor.loaders.kubernetes.terraform.vocabulary import KINDS
from auditor.model.value import Value

_DOCUMENT = re.compile(r"^---.*$", re.M)
_KIND = re.compile(r"^kind:[ \t]*[\"']?(\w+)", re.M)
_NAME = re.compile(r"^metadata:.*\n(?:[ \t#].*\n|\n)*?[ \t]+name:[ \t]*[\"']?([^\s\"'#]+)", re.M)
_FLOW_NAME = re.compile(r"^metadata:[ \t]*\{.*?\bname:[ \t]*[\"']?([^\s\"',}]+)", re.M)
_LABEL = re.compile(r"^[ \t]+[\"']?([\w./-]+)[\"']?:[ \t]*[\"']?([\w.-]+)[\"']?[ \t]*$", re.M)
_BLOCK = re.compile(r'^resource[ \t]+"(kubernetes_\w+)".*?\{(.*?)^\}', re.M | re.S)
_CODE_NAME = re.compile(r'^[ \t]*(?:metadata[ \t]*\{)?[ \t]*name[ \t]*=[ \t]*"([^"$]+)"', re.M)
_CODE_LABEL = re.compile(r'"?([\w./-]+)"?[ \t]*=[ \t]*"([\w.-]+)"')
_TEMPLATE = re.compile(r"^[ \t]+template:|^kind: *Pod\b", re.M)


def of_tree(files: Files, manifests: Mapping[str, str] | None = None) -> dict[str, Value]:
    """`Kind/name` and `label:key=value` (of workloads) -> the bundles that hold it; made once for a tree."""
    known: dict[str, dict[str, Value]] = files.__dict__
    if "kubernetes_elsewhere" not in known:
        found = sources.find(files).manifests if manifests is None else manifests
        known["kubernetes_elsewhere"] = _index(found, dict(_code(files)))
    return known["kubernetes_elsewhere"]


def _code(files: Files) -> Iterator[tuple[str, str]]:
    """The files of Terraform that make Kubernetes objects."""
    for path in files.paths:
        if path.endswith(".tf"):
            try:
                data = files.read_bytes(path)
            except Unreadable:
                continue
            if b'"kubernetes_' in data:
                yield path, data.decode("utf-8", "replace")


def _index(manifests: Mapping[str, str], code: Mapping[str, str]) -> dict[str, Value]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    if len({dirname(path) for path in (*manifests, *code)}) < 2:
        return {}
    for path, text in code.items():
        for key in _of_code(text):
            found[key][dirname(path) or "."] = None
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


def _of_code(text: str) -> Iterator[str]:
    for type_, block in _BLOCK.findall(text):
        if type_ in KINDS:
            kind = KINDS[type_][1]
            yield from (f"{kind}/{name}" for name in _CODE_NAME.findall(block)[:1])
            if "template" in block or kind == "Pod":
                yield from (f"label:{key}={value}" for key, value in _CODE_LABEL.findall(block))
