"""Bitbucket Pipelines: each branch pattern, the default and each custom pipeline is one; its steps are jobs that follow each other."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.pipeline.model import (
    NONE,
    Concurrency,
    Event,
    Image,
    Job,
    Need,
    Patterns,
    Pipeline,
    Platform,
    Script,
    Step,
    Trigger,
    Uses,
    given,
)
from auditor.views.pipeline.reading import entries, field, items, lines, text

KINDS = frozenset({"bitbucket_pipeline"})

_EVENTS = {"branches": Event.PUSH, "tags": Event.PUSH, "bookmarks": Event.PUSH, "pull-requests": Event.PULL_REQUEST, "custom": Event.MANUAL}


def read(resource: Resource, graph: Graph) -> tuple[Pipeline, ...]:
    """The pipelines of a file."""
    sections = resource.body.at("pipelines")
    return tuple(_pipelines(resource, sections))


def _pipelines(resource: Resource, sections: Node) -> Iterator[Pipeline]:
    for section, content in entries(sections):
        key = sections.key(section)
        if isinstance(content.value, list):
            yield _pipeline(resource, Trigger(key, Event.PUSH, section), key, content)
        for pattern, steps in entries(content) if section in _EVENTS else ():
            where = content.key(pattern)
            filters = Patterns((where,))
            tags = filters if section == "tags" else Patterns()
            branches = filters if section in ("branches", "pull-requests") else Patterns()
            yield _pipeline(resource, Trigger(where, _EVENTS[section], section, branches, tags), where, steps)


def _pipeline(resource: Resource, trigger: Trigger, name: Node, content: Node) -> Pipeline:
    jobs: list[Job] = []
    before: list[str] = []
    for group in items(content):
        made = [_job(resource.body, item, f"step {len(jobs) + number}", before) for number, item in enumerate(_group(group), 1)]
        jobs += made
        before = [job.key for job in made] or before
    where = resource.body.at("options.max-time")
    return Pipeline(resource, Platform.BITBUCKET, (trigger,), tuple(jobs), name, timeout=where)


def _group(item: Node) -> Iterator[Node]:
    """The steps that run side by side; those of a stage follow each other, which makes no difference to what comes after."""
    parallel = field(item, "parallel")
    for inner in items(parallel) or items(field(parallel, "steps")) or items(field(field(item, "stage"), "steps")):
        yield from _group(inner)
    if isinstance(field(item, "step").value, dict):
        yield field(item, "step")


def _job(body: Node, item: Node, key: str, before: list[str]) -> Job:
    image = item.at("image") if given(item.at("image")) else body.at("image")
    deployment = item.at("deployment")
    time = item.at("max-time")
    return Job(
        item,
        text(item.at("name")) or key,
        item.at("name") if given(item.at("name")) else item,
        tuple(_steps(item)),
        item.at("name"),
        needs=tuple(Need(item, name, implied=True) for name in before),
        condition=item.at("condition"),
        environment=deployment,
        concurrency=Concurrency(deployment, deployment) if given(deployment) else None,
        timeout=time if given(time) else body.at("options.max-time"),
        runner=item.at("runs-on"),
        images=(*_images(image), *(found for name in items(item.at("services")) for found in _service(body, name))),
        manual=item.at("trigger") if item.at("trigger").data == "manual" else NONE,
    )


def _images(node: Node) -> Iterator[Image]:
    if isinstance(node.value, dict):
        yield Image(node.at("name"), credentials=node)
    elif given(node):
        yield Image(node)


def _service(body: Node, name: Node) -> Iterator[Image]:
    image = field(field(body.at("definitions.services"), text(name)), "image")
    if given(image):
        yield Image(field(image, "name") if isinstance(image.value, dict) else image, text(name), service=True)


def _steps(item: Node) -> Iterator[Step]:
    index = 0
    waiting: list[Node] = []
    for line in items(item.at("script")):
        pipe = field(line, "pipe")
        if not given(pipe):
            waiting += lines(line)
            continue
        if waiting:
            yield Step(item.at("script"), index, script=_script(waiting))
            waiting, index = [], index + 1
        name, _, version = text(pipe).partition(":")
        yield Step(line, index, field(line, "name"), uses=Uses(pipe, name, version, field(line, "variables")))
        index += 1
    if waiting:
        yield Step(item.at("script"), index, script=_script(waiting))
        index += 1
    after = list(lines(item.at("after-script")))
    if after:
        yield Step(item.at("after-script"), index, script=_script(after), always=True)


def _script(commands: list[Node]) -> Script:
    return Script(tuple(commands), "bash", NONE, errexit=True, pipefail=False)
