"""`helm_release`: the objects of a chart that lies in the tree, rendered with the values that the code gives it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from posixpath import join, normpath
from typing import Any

from auditor.loaders import Loading, Release, Settings
from auditor.loaders.files import Files
from auditor.loaders.kubernetes import helm
from auditor.loaders.kubernetes.chart_values import tables
from auditor.loaders.kubernetes.objects import address_of
from auditor.loaders.kubernetes.terraform.text import parsed
from auditor.model.diagnostic import Diagnostic, Level
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.value import MISSING, Marks, Missing, Unknown, Value
from auditor.views.kubernetes.namespace import CLUSTER_WIDE

TYPE = "helm_release"
_SETS = ("set", "set_list", "set_sensitive", "set_wo")
_SECRETS = ("set_sensitive", "set_wo")
SECRET = Marks(sensitive=True)
_KEY = re.compile(r"((?:[^.\\\[]|\\.)+)|\[(\d+)\]")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)\Z")
_STAND_INS = ("1234567", "")
"""What stands for a value that is not known, as a text and as a number: what comes out differently is not known."""


def load(resource: Resource, files: Files, settings: Settings, meta: Node) -> Loading:
    """The objects of a release as part of its root module; a gap when its chart is not here or cannot be rendered."""
    folder = _chart(resource, files)
    if folder is None:
        return _gap(resource, f"installs the chart {_named(resource)}, which is not here: its objects are not looked at")
    given = _Given.of(resource)
    if given.unreadable:
        return _gap(resource, f"installs the chart {folder}, whose values are not known here: {given.unreadable}")
    release = Release(helm.version_of(settings), _text(resource, "name", "release-name"), _text(resource, "namespace", "default"))
    texts = tuple(files.read_bytes(path) for path in settings.values)
    extra = tuple(table for path, text in zip(settings.values, texts, strict=True) for table in tables(text, path))
    others = (*texts, *given.texts(1)) if given.open else ()
    here = helm.Given(release, (*texts, *given.texts(0)), (*extra, *given.tables), others)
    found = helm.render(files, folder, settings, here, resource.root, meta)
    return replace(found, resources=tuple(_installed(it, resource) for it in found.resources))


def _gap(resource: Resource, message: str) -> Loading:
    name = re.sub(r"\[[^\]]*\]\Z", "", resource.address.text)
    problem = Diagnostic(resource.span, "helm-release-not-rendered", f"{name} {message}", Level.WARNING, gap=True)
    return Loading(diagnostics=(problem,), gaps=(problem.message,))


def _named(resource: Resource) -> str:
    words = [str(data) for name in ("chart", "repository") if isinstance(data := resource.at(name).data, str) and data]
    return " of ".join(words) or "that it names"


def _chart(resource: Resource, files: Files) -> str | None:
    """The folder of the chart in the tree."""
    chart, repository = resource.at("chart").data, resource.at("repository").data
    if not isinstance(chart, str) or repository not in (None, MISSING, "") or chart.startswith("/") or "://" in chart:
        return None
    folder = normpath(join("" if resource.root == "." else resource.root, chart))
    folder = "" if folder == "." else folder
    return folder if files.exists(f"{folder}/Chart.yaml".lstrip("/")) else None


def _text(resource: Resource, name: str, default: str) -> str:
    data = resource.at(name).data
    return data if isinstance(data, str) and re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", data) else default


def _installed(found: Resource, release: Resource) -> Resource:
    """An object of a chart where its release puts it: in the namespace of the release, which is `default` unless it says otherwise."""
    metadata: Any = found.at("metadata").data
    if isinstance(metadata, dict) and found.kind not in CLUSTER_WIDE and "namespace" not in metadata:
        namespace = release.at("namespace").value_
        metadata["namespace"] = Value("default", release.body.value_.place) if namespace.data in (None, MISSING, "") else namespace
        found = replace(found, address=address_of(found.body, found.kind))
    return replace(found, doubt=found.doubt or release.doubt, chain=(*release.chain, release.span))


@dataclass(slots=True)
class _Given:
    """The values that a release gives, in the order in which they win. `unreadable`: why they are not known at all."""

    tables: list[Value] = field(default_factory=list)
    open: bool = False
    unreadable: str = ""

    @classmethod
    def of(cls, resource: Resource) -> _Given:
        found = cls()
        for node in resource.body.each("values"):
            found.add(parsed(node.value_), node)
        for name in _SETS:
            for node in resource.body.each(name):
                if not isinstance(node.data, dict):
                    found.unreadable = _reason(node)
                elif isinstance(node.at("name").data, str):
                    value = _value(node, name)
                    marks = SECRET if name in _SECRETS else value.marks
                    found.tables.append(_table(str(node.at("name").data), Value(value.data, value.place, marks)))
        found.open = any(_is_open(table, 0) for table in found.tables)
        return found

    def add(self, table: Value | None, node: Node) -> None:
        if table is not None and isinstance(table.data, dict):
            self.tables.append(table)
        elif node.data not in (None, "") or node.unknown:
            self.unreadable = _reason(node)

    def texts(self, variant: int) -> Iterator[bytes]:
        for table in self.tables:
            yield json.dumps(_plain(table, variant)).encode()


def _reason(node: Node) -> str:
    return node.data.reason if isinstance(node.data, Unknown) else "they are no table"


def _value(node: Node, block: str) -> Value:
    """What a `set` block sets, typed as `helm --set` types it."""
    value = node.at("value_wo" if block == "set_wo" else "value").value_
    data = value.data
    if block == "set_list" or not isinstance(data, str) or node.at("type").data == "string":
        return value
    if data in ("true", "false", "null"):
        return Value({"true": True, "false": False, "null": None}[data], value.place, value.marks)
    return Value(int(data), value.place, value.marks) if _NUMBER.match(data) else value


def _table(name: str, value: Value) -> Value:
    """`a.b[0]=value` as a table."""
    steps = [(word, index) for word, index in _KEY.findall(name)]
    for word, index in reversed(steps):
        if index:
            empty = [Value(None, value.place) for _ in range(min(int(index), 100))]
            value = Value([*empty, value], value.place)
        else:
            value = Value({re.sub(r"\\(.)", r"\1", word): value}, value.place)
    return value


def _is_open(value: Value, depth: int) -> bool:
    data = value.data
    if isinstance(data, Unknown):
        return True
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return depth < 100 and any(_is_open(item, depth + 1) for item in inner)


def _plain(value: Value, variant: int) -> Any:
    match value.data:
        case Unknown():
            return _STAND_INS[variant]
        case dict() as table:
            return {key: _plain(item, variant) for key, item in table.items()}
        case list() as items:
            return [_plain(item, variant) for item in items]
        case Fraction() as number:
            return float(number)
        case Missing():
            return None
        case scalar:
            return scalar
