"""CircleCI: each workflow of a configuration is a pipeline; commands that the file defines are written out where they are used."""

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
from auditor.views.pipeline.reading import entries, field, items, several, text

KINDS = frozenset({"circleci_pipeline"})

_MAX_DEPTH = 10


def read(resource: Resource, graph: Graph) -> tuple[Pipeline, ...]:
    """The workflows of a configuration; without any, its jobs as one pipeline."""
    body = resource.body
    found = [(name, flow) for name, flow in entries(body.at("workflows")) if isinstance(flow.value, dict)]
    if not found:
        jobs = tuple(_job(body, name, name, body.at("jobs").key(name), NONE) for name, _ in entries(body.at("jobs")))
        return (Pipeline(resource, Platform.CIRCLECI, (_push(body),), jobs),)
    return tuple(_workflow(resource, name, flow) for name, flow in found)


def _push(where: Node) -> Trigger:
    return Trigger(where, Event.PUSH, "push")


def _workflow(resource: Resource, name: str, flow: Node) -> Pipeline:
    body = resource.body
    where = body.at("workflows").key(name)
    schedules = [it.at("schedule") for it in items(flow.at("triggers")) if given(field(it, "schedule"))]
    triggers = [Trigger(it, Event.SCHEDULE, "schedule", _patterns(it.at("filters.branches")), crons=(it.at("cron"),)) for it in schedules]
    jobs = []
    for item in items(flow.at("jobs")):
        if isinstance(item.value, str):
            jobs.append(_job(body, item.data, item.data, item, NONE))
        else:
            for used, settings in entries(item):
                key = text(field(settings, "name")) or used
                jobs.append(_job(body, used, key, item.key(used), settings))
    return Pipeline(
        resource,
        Platform.CIRCLECI,
        tuple(triggers) or (_push(where),),
        tuple(jobs),
        where,
        doubts=("it continues with a configuration that is made while it runs",) if body.at("setup").data is True else (),
    )


def _patterns(filters: Node) -> Patterns:
    only, ignore = (several(filters.at(key)) if isinstance(filters.value, dict) else [] for key in ("only", "ignore"))
    return Patterns(tuple(only), tuple(ignore))


def _job(body: Node, used: str, key: str, where: Node, settings: Node) -> Job:
    """A job as a workflow uses it: `settings` are those of the workflow, `where` its name there."""
    written = field(body.at("jobs"), used)
    executor = field(written, "executor")
    runs_on = field(body.at("executors"), text(executor) or text(field(executor, "name")))
    machine = field(written, "machine") if given(field(written, "machine")) else field(runs_on, "machine")
    docker = items(field(written, "docker")) or items(field(runs_on, "docker"))
    images = tuple(Image(field(it, "image"), text(field(it, "name")), field(it, "auth"), service=bool(n)) for n, it in enumerate(docker))
    if given(machine) and given(field(machine, "image")):
        images = (*images, Image(machine.at("image")))
    group = field(settings, "serial-group")
    approval = field(settings, "type")
    return Job(
        written if isinstance(written.value, dict) else where,
        key,
        where,
        tuple(_steps(body, written)),
        needs=tuple(Need(it, text(it)) for it in several(field(settings, "requires")) if text(it)),
        condition=field(settings, "filters"),
        environment=NONE,
        concurrency=_concurrency(group),
        retry=field(written, "max_auto_reruns"),
        runner=field(written, "resource_class") if given(field(written, "resource_class")) else machine,
        images=images,
        matrix=field(field(settings, "matrix"), "parameters"),
        variables=field(written, "environment"),
        uses=_orb(body, where, used, settings) if "/" in used else None,
        secrets=field(settings, "context"),
        manual=approval if approval.unknown or approval.data == "approval" else NONE,
    )


def _concurrency(group: Node) -> Concurrency | None:
    return Concurrency(group, group) if given(group) else None


def _orb(body: Node, where: Node, name: str, inputs: Node) -> Uses:
    """A job or command of an orb, with the orb's version."""
    orb = field(body.at("orbs"), name.partition("/")[0])
    full, _, version = text(orb).partition("@")
    return Uses(where, f"{full or name.partition('/')[0]}/{name.partition('/')[2]}", version, inputs, local=isinstance(orb.value, dict))


def _steps(body: Node, job: Node) -> Iterator[Step]:
    for index, (where, name, inputs, condition) in enumerate(_written_out(body, field(job, "steps"), NONE, 0)):
        if name == "run":
            yield _run(where, index, inputs, condition)
        else:
            uses = _orb(body, where, name, inputs) if "/" in name else Uses(where, name, "", inputs, local=True)
            always = text(field(inputs, "when")) in ("always", "on_fail")
            yield Step(where, index, condition=condition, uses=uses, always=always)


def _written_out(body: Node, steps: Node, condition: Node, depth: int) -> Iterator[tuple[Node, str, Node, Node]]:
    """(place, name, inputs, condition) of every step, with the file's own commands replaced by their steps."""
    for item in items(steps) if depth < _MAX_DEPTH else ():
        pairs: list[tuple[str, Node, Node]] = [(name, inputs, item.key(name)) for name, inputs in entries(item)]
        if isinstance(item.value, str):
            pairs = [(item.data, NONE, item)]
        for name, inputs, where in pairs[:1]:
            own = field(body.at("commands"), name)
            if name in ("when", "unless"):
                yield from _written_out(body, field(inputs, "steps"), field(inputs, "condition"), depth + 1)
            elif isinstance(own.value, dict):
                yield from _written_out(body, own.at("steps"), condition, depth + 1)
            else:
                yield where, name, inputs, condition


def _run(where: Node, index: int, inputs: Node, condition: Node) -> Step:
    """One script. The folder of the job is where the repository is checked out, so that only the step's own counts."""
    command = inputs if isinstance(inputs.value, str) else field(inputs, "command")
    shell = text(field(inputs, "shell"))
    own = field(inputs, "working_directory")
    dialect = next((name for name in ("pwsh", "powershell", "bash", "sh") if name in shell), "bash" if not shell else "")
    errexit = not shell or " -e" in shell
    script = Script((command,), dialect, own, errexit, not shell or "pipefail" in shell)
    when = text(field(inputs, "when"))
    return Step(
        where,
        index,
        field(inputs, "name"),
        condition=condition,
        script=script if isinstance(command.value, str) else None,
        variables=field(inputs, "environment"),
        timeout=field(inputs, "no_output_timeout"),
        always=when in ("always", "on_fail"),
    )
