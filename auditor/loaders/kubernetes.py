"""Kubernetes manifests: YAML (one or many documents, lists) and JSON, with the place of every field.

A unit is the manifests of one folder. A chart is not a manifest: until it is rendered, it is a gap that the report names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from posixpath import dirname

from auditor.loaders import Loading, Settings, Unit
from auditor.loaders.files import Files, Unreadable
from auditor.loaders.yaml import read_yaml
from auditor.loaders.yaml.dialect import KUBERNETES
from auditor.model.address import Address
from auditor.model.diagnostic import Diagnostic, Level
from auditor.model.json_text import parse_json_file
from auditor.model.node import Node
from auditor.model.resource import Facet, Resource
from auditor.model.source import Block, Comment
from auditor.model.span import Span
from auditor.model.value import Value

NAME = "kubernetes"
LANGUAGES = frozenset({"yaml", "yml", "kubernetes"})

_SUFFIXES = (".yaml", ".yml", ".json")
_API_VERSION = re.compile(r'^\s*(?:- )?"?apiVersion"?\s*:', re.M)
_KIND = re.compile(r'^\s*(?:- )?"?kind"?\s*:', re.M)
_MARKER = re.compile(r"auditor:ignore|skip=|trivy:ignore|kics-scan")
_SNIFFED = 64_000


def units(files: Files, settings: Settings) -> list[Unit]:
    """One unit for each folder with manifests, and one for each chart."""
    charts = {dirname(path) for path in files.paths if path.rpartition("/")[2] == "Chart.yaml"}
    folders: dict[str, list[str]] = {}
    for path in files.paths:
        if path.endswith(_SUFFIXES) and not _in_chart(path, charts) and _is_manifest(files, path):
            folders.setdefault(dirname(path), []).append(path)
    found = [
        Unit(NAME, folder or ".", tuple(paths), sum(map(files.size, paths)), lambda folder=folder, paths=paths: _load(files, folder, paths))  # type: ignore[misc]
        for folder, paths in folders.items()
    ]
    found += [
        Unit("helm", chart or ".", (f"{chart}/Chart.yaml".lstrip("/"),), 1, lambda chart=chart: _chart(chart))  # type: ignore[misc]
        for chart in sorted(charts)
        if not _in_chart(chart, charts - {chart})
    ]
    return sorted(found, key=lambda unit: (unit.format, unit.name))


def _in_chart(path: str, charts: set[str]) -> bool:
    return any(not chart or path.startswith(f"{chart}/") for chart in charts)


def _is_manifest(files: Files, path: str) -> bool:
    try:
        head = files.read_bytes(path)[:_SNIFFED].decode("utf-8", "replace") if files.size(path) else ""
    except Unreadable:
        return path.endswith((".yaml", ".yml"))  # the unit reports it
    return bool(_API_VERSION.search(head)) and bool(_KIND.search(head))


def _chart(folder: str) -> Loading:
    path = f"{folder}/Chart.yaml".lstrip("/")
    message = f"the chart {folder or '.'} is not rendered, so its manifests are not looked at"
    problem = Diagnostic(Span(path), "helm-not-rendered", message, Level.WARNING, gap=True)
    return Loading(diagnostics=(problem,), gaps=(message,))


def _load(files: Files, folder: str, paths: list[str]) -> Loading:
    resources: list[Resource] = []
    diagnostics: list[Diagnostic] = []
    comments: list[Comment] = []
    blocks: list[Block] = []
    read: list[str] = []
    for path in paths:
        try:
            text = files.read(path)
        except Unreadable as error:
            diagnostics.append(error.diagnostic)
            continue
        read.append(path)
        roots, problems = _documents(text, path)
        diagnostics += problems
        found = [resource for root in roots for resource in _objects(root, folder or ".")]
        resources += found
        if _MARKER.search(text):
            comments += _comments(text, path)
            blocks += (Block(r.span.file, r.span.line, r.span.end_line, r.address.text) for r in found)
    return Loading(tuple(resources), tuple(diagnostics), tuple(read), comments=tuple(comments), blocks=tuple(blocks))


def _documents(text: str, path: str) -> tuple[list[Value], list[Diagnostic]]:
    if path.endswith(".json"):
        try:
            return [parse_json_file(text, path)], []
        except json.JSONDecodeError as error:
            span = Span(path, error.lineno, error.colno, error.lineno, error.colno + 1)
            return [], [Diagnostic(span, "json-syntax", f"the file is not JSON: {error.msg}", gap=True)]
        except RecursionError:
            return [], [Diagnostic(Span(path), "json-syntax", "the file is nested too deeply", gap=True)]
    documents, problems = read_yaml(text, path, KUBERNETES)
    return [document.root for document in documents], problems


def _objects(root: Value, folder: str) -> Iterator[Resource]:
    """The objects of a document; a `List` is its items. What has no kind is no object."""
    node = Node(root)
    kind = node.at("kind").data
    if not isinstance(kind, str) or not isinstance(node.at("apiVersion").data, str):
        return
    if kind.endswith("List") and isinstance(node.at("items").data, list):
        for item in node.at("items").data:
            yield from _objects(item, folder)
        return
    name = node.at("metadata.name").data
    if not isinstance(name, str):
        name = node.at("metadata.generateName").data
    namespace = node.at("metadata.namespace").data
    text = f"{namespace if isinstance(namespace, str) else ''}/{kind}/{name if isinstance(name, str) else '-'}"
    yield Resource(Address("k8s", text), kind, Facet.WRITTEN, node, root.place.span(), folder)


def _comments(text: str, path: str) -> Iterator[Comment]:
    for number, line in enumerate(text.splitlines(), 1):
        code, mark, comment = line.partition("#")
        if mark and (not code.strip() or _MARKER.search(comment)):
            yield Comment(path, number, f"#{comment}", not code.strip())
