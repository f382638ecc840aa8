"""Jenkins: declarative pipelines, and of scripted ones their stages. A stage with steps is a job that waits for the stage before it."""

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
    Pipeline,
    Platform,
    Script,
    Step,
    Trigger,
    Uses,
    given,
)
from auditor.views.pipeline.reading import field, items, text

KINDS = frozenset({"jenkinsfile"})

_SHELLS = {"sh": "bash", "bat": "cmd", "powershell": "powershell", "pwsh": "pwsh"}
_TOLERANT = frozenset({"catchError", "warnError"})


def read(resource: Resource, graph: Graph) -> tuple[Pipeline, ...]:
    """The pipeline of a Jenkinsfile."""
    declared = call(resource.body, "pipeline")
    block = field(declared, "body") if given(declared) else resource.body
    options = block_of(block, "options")
    jobs: list[Job] = []
    agent = call(block, "agent")
    for stage in _stages(block):
        _collect(stage, jobs, [job.key for job in jobs[-1:]], agent, call(block, "environment"))
    crons = tuple(argument(it) for it in named(block_of(block, "triggers"), "cron"))
    triggers = [Trigger(declared if given(declared) else block, Event.PUSH, "scm")]
    triggers += [Trigger(cron, Event.SCHEDULE, "cron", crons=(cron,)) for cron in crons]
    serial = call(options, "disableConcurrentBuilds")
    made = Pipeline(
        resource,
        Platform.JENKINS,
        tuple(triggers),
        tuple(jobs),
        concurrency=Concurrency(serial, serial, field(field(serial, "named"), "abortPrevious")) if given(serial) else None,
        variables=call(block, "environment"),
        timeout=call(options, "timeout"),
        doubts=() if given(declared) else ("it is a script, of which only the stages are read",),
    )
    return (made,)


def call(block: Node, name: str) -> Node:
    """The first call of that name in a block."""
    return next(named(block, name), NONE)


def named(block: Node, name: str) -> Iterator[Node]:
    """The calls of that name in a block."""
    return (item for item in items(block) if text(field(item, "name")) == name)


def block_of(block: Node, name: str) -> Node:
    """What stands in the block of a call."""
    return field(call(block, name), "body")


def argument(item: Node, index: int = 0) -> Node:
    """A positional argument of a call."""
    written = items(field(item, "arguments"))
    return written[index] if index < len(written) else NONE


def _stages(block: Node) -> Iterator[Node]:
    """The stages of a block, however deep other blocks hold them."""
    for item in items(block):
        if text(field(item, "name")) == "stage" and given(field(item, "body")):
            yield item
        else:
            yield from _stages(field(item, "body"))


def _collect(stage: Node, jobs: list[Job], before: list[str], agent: Node, environment: Node) -> None:
    """Add the jobs of a stage: its own steps, or those of the stages in it; parallel ones wait for the same."""
    body = field(stage, "body")
    parallel = call(body, "parallel")
    inner = list(_stages(field(parallel, "body"))) if given(parallel) else list(_stages(body))
    if not inner:
        jobs.append(_job(stage, before, agent, environment))
        return
    for item in inner:
        _collect(item, jobs, before, call(body, "agent") if given(call(body, "agent")) else agent, environment)
        if not given(parallel):
            before = [jobs[-1].key]


def _job(stage: Node, before: list[str], agent: Node, environment: Node) -> Job:
    body = field(stage, "body")
    own = call(body, "agent")
    options = block_of(body, "options")
    lock = call(options, "lock") if given(call(options, "lock")) else call(body, "lock")
    where = argument(stage)
    runs_on = own if given(own) else agent
    docker = call(field(runs_on, "body"), "docker")
    image = argument(call(field(docker, "body"), "image")) if given(field(docker, "body")) else argument(docker)
    return Job(
        stage,
        text(where),
        where if given(where) else stage,
        tuple(_steps(body)),
        where,
        needs=tuple(Need(stage, key, implied=True) for key in before),
        condition=call(body, "when"),
        concurrency=Concurrency(lock, argument(lock)) if given(lock) else None,
        timeout=call(options, "timeout"),
        retry=call(options, "retry"),
        runner=runs_on,
        images=(Image(image),) if given(image) else (),
        variables=call(body, "environment") if given(call(body, "environment")) else environment,
        manual=call(body, "input"),
    )


def _steps(body: Node) -> Iterator[Step]:
    declared = block_of(body, "steps")
    found = [(*each, False) for each in _calls(declared if given(declared) else body, NONE)]
    for outcome in items(block_of(body, "post")):
        found += [(*each, True) for each in _calls(field(outcome, "body"), NONE)]
    for index, (item, tolerated, cleanup) in enumerate(found):
        yield _step(item, index, tolerated, cleanup)


def _calls(block: Node, tolerated: Node) -> Iterator[tuple[Node, Node]]:
    """(call, what makes its failure tolerated) of every step of a block, blocks within it written out."""
    for item in items(block):
        name = text(field(item, "name"))
        if name in ("post", "when", "agent", "environment", "options"):
            continue
        inner = field(item, "body")
        if given(inner):
            yield from _calls(inner, item if name in _TOLERANT else tolerated)
        else:
            yield item, tolerated


def _step(item: Node, index: int, tolerated: Node, cleanup: bool) -> Step:
    name = text(field(item, "name"))
    inputs = field(item, "named")
    if name in _SHELLS:
        command = field(inputs, "script") if given(field(inputs, "script")) else argument(item)
        ignored = field(inputs, "returnStatus")
        script = Script((command,), _SHELLS[name], NONE, errexit=True, pipefail=False) if isinstance(command.value, str) else None
        return Step(item, index, script=script, tolerated=ignored if given(ignored) else tolerated, always=cleanup)
    return Step(item, index, uses=Uses(field(item, "name"), name, "", inputs, local=True), tolerated=tolerated, always=cleanup)
