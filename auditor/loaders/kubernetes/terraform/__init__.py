"""Kubernetes objects in Terraform's code, plans and states: the same objects, in Kubernetes's own words, so that one rule sees them all.

A resource of the provider keeps its address, its facet and its places; its kind and body become those of the object that it makes.
The root module is the bundle.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from auditor.loaders.kubernetes.terraform import manifest, objects
from auditor.loaders.kubernetes.terraform.vocabulary import KINDS
from auditor.model.node import Node
from auditor.model.resource import History, Origin, Resource
from auditor.model.value import Unknown, Value

_CLUSTERS = {
    "aws_eks_cluster": "version",
    "azurerm_kubernetes_cluster": "kubernetes_version",
    "google_container_cluster": "min_master_version",
}


def with_objects(resources: Iterable[Resource], *, closed: bool = False, version: str = "") -> tuple[Resource, ...]:
    """The resources, with those that make Kubernetes objects as these objects.

    `closed` and `version` are the user's words on the cluster; without a version, that of the only cluster here counts.
    """
    found = tuple(resources)
    if not any(_makes_object(it.kind) for it in found):
        return found
    translated = [_object(it) if _makes_object(it.kind) else it for it in found]
    bundle = Value({"closed": Value(closed), "version": Value(version or _version(found)), "open": Value(_open(translated))})
    return tuple(_in_bundle(it, bundle) if it.kubernetes else it for it in translated)


def _makes_object(type_: str) -> bool:
    return type_ in KINDS or type_ in manifest.TYPES


def _object(resource: Resource) -> Resource:
    read = manifest if resource.kind in manifest.TYPES else objects
    made = read.translate(resource.kind, resource.body.value_)
    if made is None:
        return resource
    history = partial(_history, made, resource.history) if resource.history else None
    return replace(resource, kind=made.kind, body=Node(made.body), history=history)


def _history(made: objects.Translation, history: History, path: str) -> tuple[Origin, ...]:
    source = made.source(path)
    return history(source) if source else ()


def _in_bundle(resource: Resource, bundle: Value) -> Resource:
    known = resource.meta.data
    return replace(resource, meta=Node(Value({**(known if isinstance(known, dict) else {}), "bundle": bundle})))


def _open(resources: Iterable[Resource]) -> str:
    """Why the objects here are not all that their code makes; empty when they are."""
    for it in resources:
        if it.kind in manifest.TYPES:
            return f"what {it.address.text} makes is not known"
    return ""


def _version(resources: Iterable[Resource]) -> str:
    """The version of the only cluster that the code makes."""
    clusters = [it.at(_CLUSTERS[it.kind]).data for it in resources if it.kind in _CLUSTERS]
    version = clusters[0] if len(clusters) == 1 else None
    return version if isinstance(version, str) and not isinstance(version, Unknown) else ""
