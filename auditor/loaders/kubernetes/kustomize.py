"""Kustomizations: built by whatever `app` hands in, and each value traced to the file that wrote it.

kustomize says from which file an object comes and which kustomizations changed it. A value that is the same there stands there; one
that a patch wrote stands in the patch; what kustomize itself wrote (names, images, replicas) stands at that field of the kustomization.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from typing import Any

from auditor.loaders import Loading, Rendering, Settings
from auditor.loaders.files import Files, Unreadable
from auditor.loaders.kubernetes.objects import objects
from auditor.loaders.yaml import read_yaml
from auditor.loaders.yaml.dialect import KUBERNETES
from auditor.model.diagnostic import Diagnostic, Level
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.span import Span
from auditor.model.value import Value

NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
_ORIGIN = "config.kubernetes.io/origin"
_CHANGES = "alpha.config.kubernetes.io/transformations"
_OWN_FIELDS = {
    "image": "images",
    "replicas": "replicas",
    "namespace": "namespace",
    "labels": "commonLabels",
    "annotations": "commonAnnotations",
}
_PATCHES = ("patches.path", "patchesStrategicMerge", "patchesJson6902.path")
_MAX_DEPTH = 100


@dataclass(slots=True)
class _Texts:
    """The documents of the files of a tree, each read once."""

    files: Files
    known: dict[str, list[Value]] = field(default_factory=dict)

    def documents(self, path: str) -> list[Value]:
        """The documents of a file; none when it cannot be read."""
        if path not in self.known:
            try:
                found, _ = read_yaml(self.files.read(path), path, KUBERNETES)
            except Unreadable:
                found = []
            self.known[path] = [document.root for document in found]
        return self.known[path]


def load(files: Files, path: str, settings: Settings, meta: Node, inner_builds: Iterable[str] = ()) -> Loading | str:
    """The objects of a built kustomization; the reason when it cannot be built. `inner_builds`: the kustomizations that it takes in."""
    if settings.build_kustomization is None:
        return "nothing here can build it"
    texts = _Texts(files)
    charts = [name for inner in (path, *inner_builds) for root in texts.documents(inner) for name in _charts(root)]
    if charts:
        return f"it takes in charts, which are not fetched: {', '.join(dict.fromkeys(charts))}"
    built = settings.build_kustomization(dirname(path) or ".")
    if built.problem:
        return built.problem
    documents, problems = read_yaml(built.texts["built"], path, KUBERNETES)
    resources: list[Resource] = []
    read: dict[str, None] = {path: None}
    for document in documents:
        origins = _Origins.of(document.root, built, texts, path)
        read.update(dict.fromkeys(origins.paths))
        origins.place(document.root, origins.sources(document.root), "", 0)
        resources += objects(document.root, dirname(path) or ".", meta)
    found = tuple(Diagnostic(Span(path), it.code, f"as built, {it.message}", it.level, it.gap) for it in problems)
    return Loading(tuple(resources), found, tuple(sorted(read)))


def _charts(root: Value) -> Iterator[str]:
    """The charts that a kustomization inflates."""
    for field_ in ("helmCharts", "helmChartInflationGenerator"):
        for chart in Node(root).each(field_):
            name = chart.at("name").data or chart.at("chartName").data
            yield name if isinstance(name, str) else "one without a name"


def gap(path: str, reason: str) -> Diagnostic:
    """That a kustomization is not built."""
    message = f"the kustomization {dirname(path) or '.'} is not built ({reason}): its resources are looked at as they are written"
    return Diagnostic(Span(path), "kustomize-not-built", message, Level.WARNING, gap=True)


@dataclass(slots=True)
class _Origins:
    """Where an object comes from: its file (empty for a generated one), and the kustomizations that changed it, last first.

    `top` is the kustomization that is built, or the one that generates the object.
    """

    file: str
    changed_in: list[str]
    texts: _Texts
    top: str

    @classmethod
    def of(cls, root: Value, built: Rendering, texts: _Texts, top: str) -> _Origins:
        """Read the annotations of an object, and take them away."""
        prefix = built.texts["prefix"].rstrip("/") + "/"
        annotations: Any = Node(root).at("metadata.annotations").data
        origin = ""
        changed: list[str] = []
        if isinstance(annotations, dict):
            origin, made_by = _origin(annotations.pop(_ORIGIN, None), prefix)
            top = made_by or top
            changed = list(_named(annotations.pop(_CHANGES, None), "configuredIn", prefix))
            if not annotations:
                metadata: Any = Node(root).at("metadata").data
                del metadata["annotations"]
        return cls(origin, list(dict.fromkeys(reversed(changed))), texts, top)

    @property
    def paths(self) -> list[str]:
        """The files that took part."""
        return [it for it in (self.file, *self.changed_in, *self._patches()) if it]

    def _patches(self) -> Iterator[str]:
        for path in self.changed_in:
            for root in self.texts.documents(path):
                for name in (node.data for patch in _PATCHES for node in Node(root).each(patch)):
                    if isinstance(name, str) and "\n" not in name:
                        yield normpath(join(dirname(path), name))

    def sources(self, root: Value) -> list[Value]:
        """The object as patches and as its own file write it."""
        kind, name = Node(root).at("kind").data, str(Node(root).at("metadata.name").data)
        found: list[Value] = []
        for path in (*self._patches(), *([self.file] if self.file else [])):
            named = [(it, Node(it).at("metadata.name").data) for it in self.texts.documents(path) if Node(it).at("kind").data == kind]
            exact = [it for it, own in named if own == name]
            found += exact or [it for it, own in named if isinstance(own, str) and own in name]
        return found

    def place(self, value: Any, sources: list[Value], key: str, depth: int) -> None:
        """Move a tree to where its parts were written."""
        if depth > _MAX_DEPTH:
            return
        same = [it for it in sources if type(it.data) is type(value.data)]
        if isinstance(value.data, (dict, list)):
            self._move(value, same[-1] if same else None, key)
        else:
            self._move(value, next((it for it in reversed(same) if it.data == value.data), None), key)
        tables: list[Any] = [it.data for it in same]
        if isinstance(value.data, dict):
            for name, part in value.data.items():
                self.place(part, [table[name] for table in tables if name in table], name, depth + 1)
        elif isinstance(value.data, list):
            for index, part in enumerate(value.data):
                self.place(part, list(_counterparts(part, index, same)), key, depth + 1)

    def _move(self, value: Any, source: Value | None, key: str) -> None:
        span = source.place.span() if source is not None else self._own(key)
        value.file, value.line, value.column, value.end_line, value.end_column = (
            span.file,
            span.line,
            span.column,
            span.end_line,
            span.end_column,
        )

    def _own(self, key: str) -> Span:
        """The field of a kustomization that writes such values."""
        for path in self.changed_in:
            for root in self.texts.documents(path):
                node = Node(root).at(_OWN_FIELDS.get(key, "-"))
                if node.present:
                    return node.span
        return Span(self.changed_in[0] if self.changed_in and self.file else self.top)


def _origin(annotation: Any, prefix: str) -> tuple[str, str]:
    """(the file of an object, the kustomization that generates it), each empty where there is none."""
    return next(_named(annotation, "path", prefix), ""), next(_named(annotation, "configuredIn", prefix), "")


def _named(annotation: Any, key: str, prefix: str) -> Iterator[str]:
    """The paths under a key of an annotation, relative to the tree."""
    for line in str(annotation.data).splitlines() if annotation is not None else ():
        name, _, path = line.lstrip("- ").partition(": ")
        if name == key:
            plain = normpath(path.strip())
            yield plain.removeprefix(prefix)


def _counterparts(part: Value, index: int, lists: Iterable[Value]) -> Iterator[Value]:
    """The items of other lists that are the same: of the same name, else at the same place."""
    name = Node(part).at("name").data if isinstance(part.data, dict) else None
    for it in lists:
        items: Any = it.data
        if isinstance(name, str):
            yield from [item for item in items if Node(item).at("name").data == name and isinstance(item.data, dict)][:1]
        elif index < len(items):
            yield items[index]
