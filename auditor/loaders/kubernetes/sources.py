"""Which files of a tree are manifests, and which folders are charts and kustomizations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from posixpath import dirname, join, normpath

from auditor.loaders.files import Files, Unreadable
from auditor.loaders.yaml import read_yaml
from auditor.loaders.yaml.dialect import KUBERNETES
from auditor.model.node import Node

_SUFFIXES = (".yaml", ".yml", ".json")
_API_VERSION = re.compile(r"""^(?:---[ \t]+)?["']?apiVersion["']?[ \t]*:""", re.M)
_KIND = re.compile(r"""^["']?kind["']?[ \t]*:""", re.M)
_IN_JSON = re.compile(r'"apiVersion"\s*:')
_KIND_IN_JSON = re.compile(r'"kind"\s*:')
_RELEASE = re.compile(r'^resource[ \t]+"helm_release".*?^\}', re.M | re.S)
_CHART = re.compile(r'^[ \t]*chart[ \t]*=[ \t]*"(?:\$\{path\.(?:module|root)\}/)?([^"$]+)"', re.M)
_MANY = re.compile(r"^[ \t]*(?:count|for_each|repository)[ \t]*=", re.M)
_SNIFFED = 64_000
KUSTOMIZATION = ("kustomization.yaml", "kustomization.yml", "Kustomization")
_PIPELINES = (".github/", ".gitlab/", ".circleci/", ".azure/", ".buildkite/")
_PATCHES = (
    *("patches.path", "patchesStrategicMerge", "patchesJson6902.path", "transformers", "generators", "configurations", "crds"),
    *("replacements.path", "openapi.path", "validators"),
)


@dataclass(frozen=True, slots=True)
class Sources:
    """What a tree holds. `manifests` maps each path to its text (empty when it is to be read later); the rest are sorted.

    `kustomizations` are paths of files, `charts` folders of charts that are no part of another one.
    """

    manifests: dict[str, str]
    charts: tuple[str, ...]
    kustomizations: tuple[str, ...]


def find(files: Files) -> Sources:
    """The manifests, charts and kustomizations of a tree. Files that only a chart or a kustomization understands are no manifests."""
    charts = {dirname(path) for path in files.paths if path.rpartition("/")[2] == "Chart.yaml"}
    builds = tuple(path for path in files.paths if path.rpartition("/")[2] in KUSTOMIZATION)
    parts = {part for path in builds for part in _parts(files, path)}
    manifests: dict[str, str] = {}
    for path in files.paths:
        if path.endswith(_SUFFIXES) and path not in parts and path not in builds and not _is_foreign(path, charts):
            text = _manifest(files, path)
            if text is not None:
                manifests[path] = text
    installed = _installed(files) & charts if charts else set()
    outer = tuple(sorted(chart for chart in charts - installed if not any(_below(chart, other) for other in charts - {chart})))
    return Sources(manifests, outer, builds)


def _installed(files: Files) -> set[str]:
    """The folders that releases in Terraform's code name, each by a block that stands for exactly one: its module renders the chart."""
    found: set[str] = set()
    for path in files.paths:
        if not path.endswith(".tf"):
            continue
        try:
            text = files.read_bytes(path)
        except Unreadable:
            continue
        for block in _RELEASE.findall(text.decode("utf-8", "replace")) if b"helm_release" in text else ():
            chart = _CHART.search(block)
            if chart and not _MANY.search(block):
                found.add(normpath(join(dirname(path), chart[1])))
    return found


def _is_foreign(path: str, charts: set[str]) -> bool:
    """Whether a file belongs to a pipeline or to a chart (other than the custom resource definitions of a chart)."""
    if path.startswith(_PIPELINES) or any(f"/{folder}" in path for folder in _PIPELINES):
        return True
    folder = dirname(path)
    while True:
        if folder in charts:
            inside = path[len(folder) + 1 :] if folder else path
            return inside.startswith(("templates/", "charts/")) or "/" not in inside
        if not folder:
            return False
        folder = dirname(folder)


def _below(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")


def _parts(files: Files, path: str, fields: tuple[str, ...] = _PATCHES) -> list[str]:
    """What fields of a kustomization name: by default what is no object of its own, patches and configurations."""
    try:
        documents, _ = read_yaml(files.read(path), path, KUBERNETES)
    except Unreadable:
        return []
    names = [node.data for document in documents for field in fields for node in Node(document.root).each(field)]
    return [normpath(join(dirname(path), name)) for name in names if isinstance(name, str) and "\n" not in name]


def resources_of(files: Files, path: str) -> tuple[list[str], list[str]]:
    """(files, kustomizations) that a kustomization takes in, at any depth."""
    taken: dict[str, None] = {}
    builds: dict[str, None] = {}
    waiting = [path]
    while waiting:
        for name in _parts(files, waiting.pop(), ("resources", "bases", "components")):
            inner = next((join(name, it) for it in KUSTOMIZATION if files.exists(join(name, it))), None)
            if inner is not None and inner not in builds:
                builds[inner] = None
                waiting.append(inner)
            elif inner is None and files.exists(name):
                taken[name] = None
    return list(taken), list(builds)


def _manifest(files: Files, path: str) -> str | None:
    """The text of a manifest, empty when it cannot be read now; None for another file."""
    try:
        data = files.read_bytes(path) if files.size(path) else b""
    except Unreadable:
        return "" if path.endswith((".yaml", ".yml")) else None  # the unit reports it
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = data[:_SNIFFED].decode("utf-16", "replace")
    else:
        head = data[:_SNIFFED].decode("utf-8-sig", "replace")
    if not _is_manifest(head):
        return None
    try:
        return data.decode("utf-8-sig") if len(data) <= _SNIFFED else ""
    except UnicodeDecodeError:
        return ""


def _is_manifest(head: str) -> bool:
    if head.lstrip()[:1] == "{":
        return bool(_IN_JSON.search(head) or _API_VERSION.search(head)) and bool(_KIND_IN_JSON.search(head) or _KIND.search(head))
    return bool(_API_VERSION.search(head)) and bool(_KIND.search(head))
