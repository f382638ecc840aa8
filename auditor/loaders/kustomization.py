"""What a kustomization itself says, apart from what is built of it: the files that it names, and those beside it that nobody names.

The loader of manifests builds it; here it is one object of the kind `Kustomization`, to be judged as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from posixpath import dirname, join, normpath

from auditor.loaders import Loading, Settings, Unit
from auditor.loaders.files import Files, Unreadable
from auditor.loaders.yaml import read_yaml
from auditor.loaders.yaml.dialect import KUBERNETES
from auditor.model.address import Address
from auditor.model.node import Node
from auditor.model.resource import Facet, Resource
from auditor.model.value import Value

NAME = "kustomization"
LANGUAGES = frozenset({"kustomization"})

FILES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
NAMED = (
    *("resources", "bases", "components", "crds", "configurations", "generators", "transformers", "validators"),
    *("patches.path", "patchesStrategicMerge", "patchesJson6902.path", "replacements.path", "openapi.path", "helmCharts.valuesFile"),
    *("configMapGenerator.files", "configMapGenerator.envs", "configMapGenerator.env"),
    *("secretGenerator.files", "secretGenerator.envs", "secretGenerator.env"),
)
"""The fields that name files or folders."""

_REMOTE = re.compile(r"[a-z+]+://|git@|github\.com[/:]|gitlab\.com[/:]|bitbucket\.org[/:]|.*\.git(//|\?|$)|.*[?&]ref=")
_GENERATED = ("configMapGenerator.files", "secretGenerator.files")
_IS_MANIFEST = re.compile(r"\A(?=[\s\S]*^apiVersion[ \t]*:)(?=[\s\S]*^kind[ \t]*:)", re.M)
_SNIFFED = 16_000
_GROUP = "kustomize.config.k8s.io/"


def units(files: Files, settings: Settings) -> list[Unit]:
    """One unit for each kustomization."""
    found = [path for path in files.paths if path.rpartition("/")[2] in FILES]
    return [Unit(NAME, dirname(path) or ".", (path,), 1, partial(_load, files, path, found)) for path in found]


def _load(files: Files, path: str, every: list[str]) -> Loading:
    body = _body(files, path)
    if body is None or not (_text(body, "apiVersion") or _GROUP).startswith(_GROUP):
        return Loading()
    folder = dirname(path)
    meta = Node(
        Value(
            {
                "missing": Value([Value(path) for path in _missing(files, body, folder)]),
                "unnamed": Value([Value(name) for name in _unnamed(files, folder, every)]),
            }
        )
    )
    kind = _text(body, "kind") or "Kustomization"
    span = body.value_.place.span()
    return Loading((Resource(Address("k8s", f"/{kind}/{folder or '.'}"), kind, Facet.WRITTEN, body, span, folder or ".", meta=meta),))


def _text(body: Node, path: str) -> str:
    data = body.at(path).data
    return data if isinstance(data, str) else ""


def _body(files: Files, path: str) -> Node | None:
    try:
        documents, _ = read_yaml(files.read(path), path, KUBERNETES)
    except Unreadable:
        return None
    root = documents[0].root if documents else None
    return Node(root) if root is not None and isinstance(root.data, dict) else None


def _names(body: Node) -> Iterator[tuple[Node, str]]:
    """Every file or folder that a kustomization names, with the node that does; what is written inline or far away is none."""
    for field in NAMED:
        for node in body.each(field):
            name = node.data
            if isinstance(name, str) and name and "\n" not in name and not _REMOTE.match(name):
                yield node, name.rpartition("=")[2] if field in _GENERATED else name


def _missing(files: Files, body: Node, folder: str) -> Iterator[str]:
    """The paths of the nodes that name what is not there."""
    for node, name in _names(body):
        target = normpath(join(folder, name))
        outside = target.startswith(("..", "/"))  # of what is scanned
        if not outside and target != "." and not files.exists(target) and not files.is_folder(target):
            yield node.path


def _unnamed(files: Files, folder: str, every: list[str]) -> list[str]:
    """The manifests beside a kustomization that no kustomization of the tree names."""
    named = {normpath(join(dirname(path), name)) for path in every if (body := _body(files, path)) for _, name in _names(body)}
    beside = [path for path in files.paths if dirname(path) == folder and path.endswith((".yaml", ".yml")) and path not in named]
    return [path for path in beside if path.rpartition("/")[2] not in FILES and _is_manifest(files, path)]


def _is_manifest(files: Files, path: str) -> bool:
    try:
        return _IS_MANIFEST.search(files.read_bytes(path)[:_SNIFFED].decode("utf-8", "replace")) is not None
    except Unreadable:
        return False
