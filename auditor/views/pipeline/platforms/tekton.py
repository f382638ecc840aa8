"""Tekton: tasks are jobs; a pipeline says which waits for which. Tasks that it names are looked up among those that are declared."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.pipeline.model import NONE, Event, Image, Job, Need, Pipeline, Platform, Script, Step, Trigger, Uses, given
from auditor.views.pipeline.reading import field, items, several, text

KINDS = frozenset({"Task", "ClusterTask", "TaskRun", "Pipeline", "PipelineRun"})


def read(resource: Resource, graph: Graph) -> tuple[Pipeline, ...]:
    """The pipeline of a Tekton object."""
    body = resource.body
    if not text(body.at("apiVersion")).startswith("tekton.dev/"):
        return ()
    spec = body.at("spec")
    trigger = Trigger(spec, Event.CALL, "run")
    if resource.kind in ("Task", "ClusterTask", "TaskRun"):
        task = spec.at("taskSpec") if resource.kind == "TaskRun" else spec
        jobs = (_job(task, text(body.at("metadata.name")), body.at("metadata.name"), NONE, ()),) if given(task.at("steps")) else ()
        return (Pipeline(resource, Platform.TEKTON, (trigger,), jobs, body.at("metadata.name"), timeout=spec.at("timeout")),)
    tasks = spec.at("pipelineSpec") if resource.kind == "PipelineRun" else spec
    timeouts = spec.at("timeouts.pipeline")
    made = Pipeline(resource, Platform.TEKTON, (trigger,), tuple(_jobs(tasks)), body.at("metadata.name"), timeout=timeouts)
    return (made,)


def _jobs(spec: Node) -> Iterator[Job]:
    regular = items(spec.at("tasks"))
    for item in regular:
        yield _job(field(item, "taskSpec"), text(field(item, "name")), field(item, "name"), item, _needs(item))
    for item in items(spec.at("finally")):
        after = tuple(Need(item, text(field(it, "name")), implied=True) for it in regular)
        yield _job(field(item, "taskSpec"), text(field(item, "name")), field(item, "name"), item, after)


def _needs(item: Node) -> tuple[Need, ...]:
    return tuple(Need(it, text(it)) for it in several(field(item, "runAfter")) if text(it))


def _job(task: Node, name: str, name_at: Node, used: Node, needs: tuple[Need, ...]) -> Job:
    reference = field(used, "taskRef")
    parts = [*items(field(task, "steps")), *items(field(task, "sidecars"))]
    return Job(
        used if given(used) else task,
        name,
        name_at if given(name_at) else task,
        tuple(_steps(task)),
        needs=needs,
        condition=field(used, "when"),
        timeout=field(used, "timeout"),
        retry=field(used, "retries"),
        tolerated=field(used, "onError"),
        images=tuple(Image(field(it, "image"), text(field(it, "name"))) for it in parts if given(field(it, "image"))),
        uses=Uses(field(reference, "name"), text(field(reference, "name")), text(field(reference, "bundle")), field(used, "params"))
        if given(reference)
        else None,
    )


def _steps(task: Node) -> Iterator[Step]:
    for index, item in enumerate(items(field(task, "steps"))):
        source = field(item, "script")
        first = text(source).partition("\n")[0]
        program = first.rpartition("/")[2].split()[-1] if first.startswith("#!") and first.strip("#! ") else "sh"
        errexit = not first.startswith("#!") or " -e" in first  # without a first line of its own, Tekton writes `set -e`
        script = Script((source,), program, field(item, "workingDir"), errexit, pipefail=False) if text(source) else None
        yield Step(
            item,
            index,
            field(item, "name"),
            script=script,
            variables=field(item, "env"),
            tolerated=field(item, "onError"),
            timeout=field(item, "timeout"),
        )
