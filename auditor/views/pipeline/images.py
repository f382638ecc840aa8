"""Images that jobs run in, with what a matrix or a variable of the file puts into their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.github.expression import fences, is_whole
from auditor.views.kubernetes.image import Image, parse
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.model import Job, Pipeline, Platform, given
from auditor.views.pipeline.reading import entries, field, is_open, items, several, text

_MATRIX: Final = re.compile(r"\s*matrix\.([\w-]+)\s*")
_VARIABLE: Final = re.compile(r"\$\{?([A-Za-z_]\w*)\}?")


@dataclass(frozen=True, slots=True, eq=False)
class ImageUse:
    """An image that a job pulls; `image` are the parts of its name, `source` the value of a matrix that it comes from."""

    where: Node
    text: str
    image: Image
    source: tuple[Node, ...] = ()


def image_uses(resource: Resource, graph: Graph) -> list[ImageUse]:
    """A place function: the images of a file whose names are known, each place once."""
    found: dict[str, ImageUse] = {}
    for pipeline in pipelines(resource, graph):
        for node, name, source in _named(pipeline):
            image = parse(name) if name and not is_open(name) else None
            if image is not None and image.repository != "scratch":
                found.setdefault(f"{node.span} {name}", ImageUse(node, name, image, source))
    runs = resource.body.at("runs.image") if resource.kind == "github_action" else None
    if runs is not None and text(runs).startswith("docker://"):
        image = parse(text(runs)[9:])
        if image is not None:
            found.setdefault(str(runs.span), ImageUse(runs, text(runs)[9:], image))
    return list(found.values())


def _named(pipeline: Pipeline) -> Iterator[tuple[Node, str, tuple[Node, ...]]]:
    for job in pipeline.jobs:
        for image in job.images:
            if "machine" not in image.where.path:
                yield from _written_out(image.where, job)
        for step in job.steps:
            if step.uses is not None and text(step.uses.where).startswith("docker://"):
                yield step.uses.where, text(step.uses.where)[9:], ()


def _written_out(node: Node, job: Job) -> Iterator[tuple[Node, str, tuple[Node, ...]]]:
    name = node.data
    if not isinstance(name, str):
        return
    if job.pipeline.platform is Platform.GITHUB and is_whole(name):
        found = _MATRIX.fullmatch(fences(name)[0].source)
        if found is not None and isinstance(job.matrix.data, dict):
            for value in _combinations(job.matrix, found[1]):
                yield node, text(value), (value,)
        return
    known = _VARIABLE.sub(lambda it: _value(it[1], job) or it[0], name) if "$" in name and "${{" not in name else name
    yield node, known, ()


def _combinations(matrix: Node, key: str) -> Iterator[Node]:
    yield from several(field(matrix, key))
    for item in items(field(matrix, "include")):
        if given(field(item, key)):
            yield field(item, key)


def _value(name: str, job: Job) -> str:
    """The text of a variable that the file itself sets, once and without others in it."""
    for table in (job.variables, job.pipeline.variables):
        for key, value in entries(table):
            if key == name and isinstance(value.data, str) and "$" not in value.data:
                return value.data
    return ""


def moving(use: ImageUse) -> bool:
    """Whether the name stands for whatever was pushed last."""
    return not use.image.digest and use.image.effective_tag == "latest"


def by_tag(use: ImageUse) -> bool:
    """Whether the name has a tag and no digest."""
    return not use.image.digest and use.image.effective_tag != "latest"
