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
