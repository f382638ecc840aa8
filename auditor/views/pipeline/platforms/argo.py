"""Argo Workflows: the templates that run containers are jobs; DAGs and step lists say which waits for which."""

from __future__ import annotations

import re
from collections import defaultdict
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
    Pipeline,
    Platform,
    Script,
    Step,
    Trigger,
    given,
)
from auditor.views.pipeline.reading import field, items, several, text

KINDS = frozenset({"Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow"})

_NAME = re.compile(r"[\w-]+")


def read(resource: Resource, graph: Graph) -> tuple[Pipeline, ...]:
    """The pipeline of a workflow."""
    body = resource.body
    if not text(body.at("apiVersion")).startswith("argoproj.io/"):
        return ()
    spec = body.at("spec.workflowSpec") if resource.kind == "CronWorkflow" else body.at("spec")
    schedule = body.at("spec.schedule")
    trigger = Trigger(schedule, Event.SCHEDULE, "schedule", crons=(schedule,)) if given(schedule) else Trigger(spec, Event.CALL, "submit")
    names = {text(field(it, "name")) for it in items(spec.at("templates")) if _container(it) is not None}
    needs = {name: [it for it in found if it.job in names and it.job != name] for name, found in _needs(spec).items()}
    jobs = tuple(_job(item, needs) for item in items(spec.at("templates")) if _container(item) is not None or given(field(item, "suspend")))
    lock = spec.at("synchronization")
    return (
        Pipeline(
            resource,
            Platform.ARGO,
            (trigger,),
            jobs,
            body.at("metadata.name"),
            concurrency=Concurrency(lock, lock) if given(lock) else None,
            timeout=spec.at("activeDeadlineSeconds"),
        ),
    )


def _container(item: Node) -> Node | None:
    return next((field(item, key) for key in ("container", "script") if isinstance(field(item, key).value, dict)), None)


def _needs(spec: Node) -> dict[str, list[Need]]:
    """Template -> the templates that may have to end before it starts: each may run several times, so that they may wait for each other."""
    found: dict[str, list[Need]] = defaultdict(list)
    for item in items(spec.at("templates")):
        tasks = {text(field(task, "name")): text(field(task, "template")) for task in items(field(field(item, "dag"), "tasks"))}
        for task in items(field(field(item, "dag"), "tasks")):
            names = several(field(task, "dependencies"))
            depends = field(task, "depends")
            written = [(it, text(it)) for it in names] + [(depends, name) for name in _NAME.findall(text(depends))]
            found[text(field(task, "template"))] += [Need(where, tasks[name]) for where, name in written if name in tasks]
        before: list[str] = []
        for group in items(field(item, "steps")):
            names_here = [text(field(step, "template")) for step in items(group)]
            for step in items(group):
                found[text(field(step, "template"))] += [Need(step, name, implied=True) for name in before]
            before = names_here or before
    return found


def _job(item: Node, needs: dict[str, list[Need]]) -> Job:
    name = text(field(item, "name"))
    container = _container(item)
    images = [Image(field(container, "image"))] if container is not None else []
    images += [Image(field(it, "image"), service=True) for key in ("initContainers", "sidecars") for it in items(field(item, key))]
    return Job(
        item,
        name,
        field(item, "name") if name else item,
        tuple(_steps(container)) if container is not None else (),
        needs=tuple(needs.get(name, ())),
        timeout=field(item, "activeDeadlineSeconds") if given(field(item, "activeDeadlineSeconds")) else field(item, "timeout"),
        retry=field(item, "retryStrategy"),
        images=tuple(image for image in images if given(image.where)),
        variables=NONE,
        outputs=field(item, "outputs"),
        manual=field(item, "suspend"),
    )


def _steps(container: Node) -> Iterator[Step]:
    command = [text(it) for it in items(field(container, "command"))]
    source = field(container, "source")
    program = command[0].rpartition("/")[2] if command else ""
    if text(source):
        yield Step(container, 0, script=Script((source,), program or "sh", field(container, "workingDir"), "-e" in command, pipefail=False))
    elif "-c" in command and program in ("sh", "bash") and items(field(container, "args")):
        yield Step(container, 0, script=Script((items(field(container, "args"))[0],), program, NONE, "-e" in command, pipefail=False))
    else:
        yield Step(container, 0)
