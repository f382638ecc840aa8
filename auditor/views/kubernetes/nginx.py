"""The ingress controller of the Kubernetes project (not that of F5): its images, versions and snippets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.kubernetes.container import Container

_VERSION = re.compile(r"v?(\d+)\.(\d+)(?:\.(\d+))?")


def snippets(ingress: Resource) -> Iterator[tuple[str, Node]]:
    """(key, value) of the annotations that are pasted into nginx.conf. Raises `Undecided`."""
    for key, node in ingress.at("metadata.annotations").entries():
        if "snippet" in key.rpartition("/")[2] and node.data is not None:
            yield key, node


def is_controller(container: Container) -> bool:
    """Whether a container runs ingress-nginx. Raises `Undecided`."""
    image = container.image
    path = image.repository.split("/") if image else []
    return path[-2:] == ["ingress-nginx", "controller"] or path[-1:] in (["nginx-ingress-controller"], ["ingress-nginx-controller"])


def controller_version(container: Container) -> tuple[int, int, int] | None:
    """The version of ingress-nginx by the tag of its image; None for other images and tags. Raises `Undecided`."""
    image = container.image
    if image is None or not (is_controller(container) or image.repository.split("/")[-1] == "nginx-controller"):
        return None
    found = _VERSION.match(image.tag)
    return (int(found[1]), int(found[2]), int(found[3] or 0)) if found else None
