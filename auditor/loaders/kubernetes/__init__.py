"""Kubernetes manifests: YAML (one or many documents, lists) and JSON, with the place of every field.

A unit is a bundle: the manifests of one folder. A chart's templates are no manifests: until it is rendered, it is a gap that the
report names.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from posixpath import dirname

from auditor.loaders import Loading, Settings, Unit
from auditor.loaders.files import Files, Unreadable
from auditor.loaders.kubernetes import elsewhere, sources
from auditor.loaders.kubernetes.documents import read_documents
from auditor.loaders.kubernetes.objects import objects
from auditor.loaders.yaml.comments import MARKER, blocks_of, comments_of
from auditor.model.diagnostic import Diagnostic
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.source import Block, Comment
from auditor.model.value import Value

NAME = "kubernetes"
LANGUAGES = frozenset({"yaml", "yml", "kubernetes"})
PROGRAM = 100_000
"""What it costs to have another program render something, as bytes of manifests that are read in that time."""


def units(files: Files, settings: Settings) -> list[Unit]:
    """One unit for each folder with manifests, one for each chart, and one for each kustomization."""
    found = sources.find(files)
    index = elsewhere.of_tree(files, found.manifests)
    meta = Node(
        Value(
            {"bundle": Value({"closed": Value(settings.closed), "version": Value(settings.kubernetes_version)}), "elsewhere": Value(index)}
        )
    )
    taken = {path: sources.resources_of(files, path) for path in found.kustomizations}
    built = [path for path in found.kustomizations if not any(path in inner for _, inner in taken.values())]
    inside = {name for names, _ in taken.values() for name in names} if settings.build_kustomization else set()
    folders: dict[str, list[str]] = {}
    for path in found.manifests:
        if path not in inside:
            folders.setdefault(dirname(path), []).append(path)
    changed = {dirname(name) for names, _ in taken.values() for name in names}
    listed = [
        _unit(files, folder, paths, found.manifests, meta, _CHANGED if folder in changed else None) for folder, paths in folders.items()
    ]
    for chart in found.charts:
        load = partial(_chart, files, chart, settings, meta)
        listed.append(Unit("helm", chart or ".", (f"{chart}/Chart.yaml".lstrip("/"),), PROGRAM, load))
    for path in built:
        load = partial(_kustomization, files, path, taken[path], settings, meta)
        listed.append(Unit("kustomize", dirname(path) or ".", (path,), PROGRAM, load))
    return sorted(listed, key=lambda unit: (unit.format, unit.name))


def _unit(files: Files, folder: str, paths: list[str], texts: dict[str, str], meta: Node, gap: str | None) -> Unit:
    weight = sum(map(files.size, paths))
    return Unit(NAME, folder or ".", tuple(paths), weight, lambda: _load(files, folder or ".", paths, texts, meta, gap))


def _chart(files: Files, folder: str, settings: Settings, meta: Node) -> Loading:
    from auditor.loaders.kubernetes import helm  # it needs the parser, which scans without charts and manifests do not load

    return helm.load(files, folder, settings, meta)


_CHANGED = "kustomize changes these manifests, and adds to them"


def _kustomization(files: Files, path: str, taken: tuple[list[str], list[str]], settings: Settings, meta: Node) -> Loading:
    from auditor.loaders.kubernetes import kustomize

    found = kustomize.load(files, path, settings, meta, taken[1])
    if isinstance(found, Loading):
        return found
    problem = kustomize.gap(path, found)
    if settings.build_kustomization is None:
        return Loading(diagnostics=(problem,), files=(path,), gaps=(problem.message,))
    plain = _load(
        files, dirname(path) or ".", [name for name in taken[0] if name.endswith((".yaml", ".yml", ".json"))], {}, meta, problem.message
    )
    return replace(plain, diagnostics=(problem, *plain.diagnostics), files=(path, *plain.files))


def _load(files: Files, folder: str, paths: list[str], texts: dict[str, str], meta: Node, gap: str | None) -> Loading:
    resources: list[Resource] = []
    diagnostics: list[Diagnostic] = []
    comments: list[Comment] = []
    blocks: list[Block] = []
    read: list[str] = []
    for path in paths:
        try:
            text = texts.get(path) or files.read(path)
        except Unreadable as error:
            diagnostics.append(error.diagnostic)
            continue
        read.append(path)
        roots, problems = read_documents(text, path)
        diagnostics += problems
        found = [resource for root in roots for resource in objects(root, folder, meta)]
        resources += found
        if MARKER.search(text):
            comments += comments_of(text, path)
            blocks += (block for resource in found for block in blocks_of(resource))
    gaps = (*([gap] if gap else []), *(f"{problem.span}: {problem.message}" for problem in diagnostics if problem.gap))
    return Loading(tuple(resources), tuple(diagnostics), tuple(read), gaps=gaps, comments=tuple(comments), blocks=tuple(blocks))
