"""What a chart itself says, apart from what is rendered from it: `Chart.yaml`, its values, and which of them no template uses.

The loader of manifests renders it; here it is one object of the kind `Chart`, to be judged as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from posixpath import dirname

from auditor.loaders import Loading, Settings, Unit
from auditor.loaders.files import Files, Unreadable
from auditor.loaders.yaml import read_yaml
from auditor.loaders.yaml.dialect import KUBERNETES
from auditor.model.address import Address
from auditor.model.node import Node
from auditor.model.resource import Facet, Resource
from auditor.model.value import Value

NAME = "helm-chart"
LANGUAGES = frozenset({"helm-chart"})

_MAX_BYTES = 1_000_000
_ACTION = re.compile(r"\{\{[\s\S]*?\}\}")
_PATH = re.compile(r"\.Values((?:\.[A-Za-z_][\w-]*)+)")
_INDEXED = re.compile(r"\.Values\s+((?:\"[^\"]+\"\s*)+)")
_WHOLE = re.compile(r"\.Values(?![.\w])(?!\s+\")")
_INCLUDED = re.compile(r"\b(?:include|template)\s+\"([^\"]+)\"")
_COMPUTED = re.compile(r"\b(?:include|template)\s+[^\"\s]")
_DEFINED = re.compile(r"\bdefine\s+\"([^\"]+)\"")
_NEVER = frozenset({"exports", "global", "tags"})
"""Values that Helm itself reads."""


def units(files: Files, settings: Settings) -> list[Unit]:
    """One unit for each chart that is no part of another one."""
    folders = {dirname(path) for path in files.paths if path.rpartition("/")[2] == "Chart.yaml"}
    outer = sorted(it for it in folders if not any(it != other and (not other or it.startswith(f"{other}/")) for other in folders))
    return [
        Unit(NAME, folder or ".", (f"{folder}/Chart.yaml".lstrip("/"),), 1, partial(_load, files, folder))
        for folder in outer
    ]


def _load(files: Files, folder: str) -> Loading:
    texts = dict(_texts(files, folder))
    body = _document(texts.get("Chart.yaml", ""), f"{folder}/Chart.yaml".lstrip("/"))
    if body is None:
        return Loading()
    values = _document(texts.get("values.yaml", ""), f"{folder}/values.yaml".lstrip("/"))
    unused = _unused(Node(values), texts, _foreign(Node(body), texts)) if values is not None else []
    meta = Node(
        Value(
            {
                "values": values or Value({}),
                "unused": Value([Value(path) for path in unused]),
                "locked": Value("Chart.lock" in texts or "requirements.lock" in texts),
            }
        )
    )
    span = body.place.span()
    chart = Resource(Address("k8s", f"/Chart/{folder or '.'}"), "Chart", Facet.WRITTEN, Node(body), span, folder or ".", meta=meta)
    return Loading((chart,))


def _texts(files: Files, folder: str) -> Iterator[tuple[str, str]]:
    """(path in the chart, text) of its files; of what is large or cannot be read, nothing."""
    for path in files.below(folder or "."):
        full = f"{folder}/{path}".lstrip("/")
        try:
            if files.size(full) <= _MAX_BYTES:
                yield path, files.read_bytes(full).decode("utf-8", "replace")
        except Unreadable:
            continue


def _document(text: str, path: str) -> Value | None:
    documents, _ = read_yaml(text, path, KUBERNETES)
    root = documents[0].root if documents else None
    return root if root is not None and isinstance(root.data, dict) else None


def _foreign(body: Node, texts: Mapping[str, str]) -> frozenset[str]:
    """The top keys of values that are not for the chart's own templates: those of subcharts, and what Helm reads."""
    names = {path.split("/")[1] for path in texts if path.startswith("charts/")}
    names |= set(re.findall(r"(?:name|alias):\s*[\"']?([\w.-]+)", texts.get("requirements.yaml", "")))
    for dependency in body.each("dependencies"):
        names |= {str(dependency.at(key).data) for key in ("name", "alias") if dependency.at(key).data}
    return frozenset(names | _NEVER)


def _unused(values: Node, texts: Mapping[str, str], foreign: frozenset[str]) -> list[str]:
    """The topmost paths of values that nothing names; none when something may use them that cannot be seen here."""
    templates = [text for path, text in texts.items() if "templates/" in path]
    code = "\n".join(action for text in (*templates, texts.get("values.yaml", "")) for action in _ACTION.findall(text))
    if not templates or _uses_more(code, texts):
        return []
    unused = [path for path in _unnamed(values, (), {*_used(code), *_conditions(texts)}) if path[0] not in foreign]
    own = [key for key, _ in values.entries() if key not in foreign]
    elsewhere = sum(len(path) == 1 for path in unused) * 2 > len(own)  # most of it: the templates that use them are not here
    return [] if elsewhere else [".".join(path) for path in unused]


def _uses_more(code: str, texts: Mapping[str, str]) -> bool:
    """Whether templates may use values that their text does not name: all of them at once, or in a chart that is not here."""
    if _WHOLE.search(code) or _COMPUTED.search(code) or set(_INCLUDED.findall(code)) - set(_DEFINED.findall(code)):
        return True
    if any(path.startswith("charts/") and path.endswith(".tgz") for path in texts):
        return True
    return any("import-values" in texts.get(path, "") for path in ("Chart.yaml", "requirements.yaml"))


def _used(code: str) -> Iterator[tuple[str, ...]]:
    """The paths that templates name."""
    for path in _PATH.findall(code):
        yield tuple(path[1:].split("."))
    for keys in _INDEXED.findall(code):
        yield tuple(re.findall(r"\"([^\"]+)\"", keys))


def _conditions(texts: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """The values by which dependencies are switched on."""
    for file in ("Chart.yaml", "requirements.yaml"):
        for line in re.findall(r"condition:\s*[\"']?([\w.,-]+)", texts.get(file, "")):
            yield from (tuple(path.split(".")) for path in line.split(","))


def _unnamed(values: Node, path: tuple[str, ...], used: set[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    for key, part in values.entries():
        here = (*path, key)
        if any(it == here[: len(it)] for it in used):
            continue
        if not any(it[: len(here)] == here for it in used):
            yield here
        elif isinstance(part.data, dict):
            yield from _unnamed(part, here, used)
