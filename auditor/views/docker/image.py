"""Images that a Dockerfile names, taken apart by the parser that all references share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.docker.dockerfile import Stage, copies, stages
from auditor.views.kubernetes.image import Image, parse

__all__ = ["Image", "Reference", "base_images", "parse", "references"]


@dataclass(frozen=True, slots=True)
class Reference:
    """An image that a build needs. `image` is None for what no runtime accepts; reading it raises `Undecided` when it is not known."""

    where: Node
    stage: Stage | None = None

    @property
    def image(self) -> Image | None:
        """Its parts."""
        return parse(self.where.text or "")


def base_images(resource: Resource, graph: Graph) -> Iterator[Reference]:
    """The images that stages start from; `scratch` and earlier stages are none."""
    for stage in stages(resource, graph):
        image = stage.image
        if image.unknown or (isinstance(image.data, str) and image.data.lower() != "scratch" and stage.parent is None):
            yield Reference(image, stage)


def references(resource: Resource, graph: Graph) -> Iterator[Reference]:
    """The images that stages start from, and those that files are copied from."""
    yield from base_images(resource, graph)
    known = stages(resource, graph)
    names = {stage.name.lower() for stage in known if not stage.where.at("name").unknown}
    for copy in copies(resource, graph):
        source = copy.flag("from")
        if isinstance(source.data, str) and source.data.lower() not in names and not source.data.isdigit():
            yield Reference(source)
