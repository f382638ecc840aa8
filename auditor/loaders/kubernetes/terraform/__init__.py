"""Kubernetes objects in Terraform's code, plans and states: the same objects, in Kubernetes's own words, so that one rule sees them all.

A resource of the provider keeps its address, its facet and its places; its kind and body become those of the object that it makes.
The root module is the bundle.
"""

from __future__ import annotations

from collections.abc import Iterable

from auditor.loaders import Loading, Settings
from auditor.loaders.files import Files
from auditor.model.resource import Resource

_OURS = ("kubernetes_", "kubectl_manifest", "helm_release")


def with_objects(resources: Iterable[Resource], settings: Settings, files: Files | None = None) -> Loading:
    """The resources, with those that make Kubernetes objects as these objects, and the objects of the charts that releases install.

    Charts are looked for in `files`; without them, releases stay as they are.
    """
    found = tuple(resources)
    if not any(it.kind.startswith(_OURS) for it in found):
        return Loading(found)
    from auditor.loaders.kubernetes.terraform import bundle  # code without Kubernetes does not need it

    return bundle.with_objects(found, settings, files)
