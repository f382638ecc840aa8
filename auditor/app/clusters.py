"""Manifests and the cluster that Terraform makes for them: units of their own, but pods run on its nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from auditor.loaders import Loading, Unit
from auditor.loaders.files import Files, Unreadable
from auditor.model.resource import Resource

_MANIFESTS: Final = frozenset({"kubernetes", "helm-chart", "kustomization"})
_CODE: Final = "terraform"
_NODES: Final = "aws_eks_node_group"
_GROUP: Final = "aws_autoscaling_group"
KINDS: Final = frozenset(
    {
        *("aws_eks_cluster", _NODES, "aws_eks_fargate_profile", "aws_eks_addon", "aws_launch_template", _GROUP),
        *("aws_autoscaling_group_tag", "aws_subnet", "aws_default_subnet"),
        *("helm_release", "google_container_cluster", "google_container_node_pool", "azurerm_kubernetes_cluster"),
    }
)
"""What says which nodes there are."""


def with_cluster(units: tuple[Unit, ...], files: Files) -> tuple[Unit, ...]:
    """The units; those of manifests also see the nodes of the one root module that makes an EKS cluster.

    Where several root modules do, or parts of it could not be read, it is not known which nodes the pods run on: then they see none.
    """
    if not any(unit.format in _MANIFESTS for unit in units) or not _makes_nodes(files):
        return units
    loaded = {id(unit): unit.load() for unit in units if unit.format == _CODE}
    clusters = [loading for loading in loaded.values() if any(map(_is_nodes, loading.resources))]
    nodes = _nodes(clusters[0].resources) if len(clusters) == 1 and not clusters[0].gaps else ()
    return tuple(_seeing(unit, loaded.get(id(unit)), nodes) for unit in units)


def _makes_nodes(files: Files) -> bool:
    from auditor.views.eks.discovery import CLUSTER_TAG  # here, since most trees have no manifests

    texts = (_text(files, path) for path in files.paths if path.endswith((".tf", ".tf.json")))
    return any(_NODES in text or CLUSTER_TAG in text for text in texts)


def _is_nodes(resource: Resource) -> bool:
    from auditor.views.eks.discovery import is_of_cluster

    return resource.kind == _NODES or (resource.kind == _GROUP and is_of_cluster(resource.body))


def _text(files: Files, path: str) -> str:
    try:
        return files.read(path)
    except Unreadable:
        return ""  # the unit that reads it says so


def _nodes(resources: Iterable[Resource]) -> tuple[Resource, ...]:
    return tuple(it for it in resources if it.kind in KINDS)


def _seeing(unit: Unit, loading: Loading | None, nodes: tuple[Resource, ...]) -> Unit:
    if loading is not None:
        return replace(unit, load=lambda: loading)
    return replace(unit, load=_around(unit.load, nodes)) if nodes and unit.format in _MANIFESTS else unit


def _around(load: Callable[[], Loading], nodes: tuple[Resource, ...]) -> Callable[[], Loading]:
    def seen() -> Loading:
        loading = load()
        return replace(loading, context=(*loading.context, *nodes))

    return seen
