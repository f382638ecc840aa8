"""Objects that deliver others from a repository: Argo CD's and Flux's."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.kubernetes.workload import group_of


def is_argo(resource: Resource) -> bool:
    """Whether an object is one of Argo CD's."""
    return group_of(resource.body) == "argoproj.io"


def is_flux(resource: Resource) -> bool:
    """Whether an object is one of Flux's, and not kustomize's of the same kind."""
    return group_of(resource.body).endswith(".toolkit.fluxcd.io")


def argo_sources(body: Node) -> Iterator[Node]:
    """The sources of an Application: one, or several. Raises `Undecided`."""
    if body.at("spec.source").present:
        yield body.at("spec.source")
    for source in body.each("spec.sources"):
        if source.at("ref").missing or source.at("path").present or source.at("chart").present:
            yield source


def is_kustomize(resource: Resource) -> bool:
    """Whether an object is the kustomization itself; its apiVersion may be left out."""
    return group_of(resource.body) in ("", "kustomize.config.k8s.io")


_NAMES = (
    *("resources", "bases", "components", "crds", "configurations", "generators", "transformers", "validators"),
    *("patches.path", "patchesStrategicMerge", "patchesJson6902.path", "replacements.path", "openapi.path", "helmCharts.valuesFile"),
    *("configMapGenerator.envs", "configMapGenerator.env", "secretGenerator.envs", "secretGenerator.env"),
)
_SOURCES = ("configMapGenerator.files", "secretGenerator.files")


def named_by_kustomization(body: Node) -> Iterator[tuple[Node, str]]:
    """What a kustomization names, with the file or folder: of `key=file`, the file. Raises `Undecided`."""
    for field in _NAMES:
        yield from ((node, node.text or "") for node in body.each(field))
    for field in _SOURCES:
        yield from ((node, (node.text or "").rpartition("=")[2]) for node in body.each(field))
