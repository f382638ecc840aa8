"""GitLab CI: the configuration as the loader put it together, with what jobs inherit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.model.value import Value
from auditor.model.written import Written
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
from auditor.views.pipeline.reading import items, lines, text

KINDS = frozenset({"gitlab_pipeline"})

GLOBALS = frozenset(
    {
        *("after_script", "before_script", "cache", "default", "image", "include", "services", "spec", "stages", "types"),
        *("variables", "workflow"),
    }
)
"""Top-level keys that are no jobs."""
INHERITED = (
    *("after_script", "artifacts", "before_script", "cache", "hooks", "id_tokens", "image", "interruptible"),
    *("retry", "services", "tags", "timeout"),
)
"""What a job takes from `default`, or from the top level as configurations did before that."""
STAGES = (".pre", "build", "test", "deploy", ".post")
"""The stages where none are declared."""

_EVENTS = (
    (Event.PUSH, "push"),
    (Event.PULL_REQUEST, "merge_request_event"),
    (Event.SCHEDULE, "schedule"),
    (Event.MANUAL, "web"),
)


def read(resource: Resource, graph: Graph) -> tuple[Pipeline, ...]:
    """The pipeline of a configuration."""
    body = resource.body
    where = body.at("workflow") if given(body.at("workflow")) else body
    doubts = [_doubt(item) for item in resource.meta.at("doubts").each()]
    jobs: list[Job] = []
    for name, item in _jobs(body):
        try:
            stage_of(item)
            jobs.append(_job(body, name, item))
        except Undecided as undecided:
            doubts.append(f"the job {name}: {undecided}")
    order = {name: index for index, name in enumerate(stages(body))}
    jobs = [_with_implied(job, jobs, order) for job in jobs]
    made = Pipeline(
        resource,
        Platform.GITLAB,
        tuple(Trigger(where, event, name) for event, name in _EVENTS),
        tuple(jobs),
        body.at("workflow.name"),
        variables=body.at("variables"),
        doubts=tuple(doubts),
    )
    return (made,)


def _doubt(item: Node) -> str:
    if text(item):
        return text(item)
    kinds = [name for name in ("project", "remote", "template", "component") if given(item.at(name))]
    return f"what it includes from a {kinds[0] if kinds else 'place'} that is not here"


def stages(body: Node) -> tuple[str, ...]:
    """The names of the stages in their order, those that GitLab adds included."""
    written = body.at("stages") if given(body.at("stages")) else body.at("types")
    if not isinstance(written.value, list):
        return STAGES
    names = [text(item) for item in items(written)]
    return (".pre", *(name for name in names if name not in (".pre", ".post")), ".post")


def is_reference(node: Node) -> bool:
    """Whether it is a `!reference` that leads nowhere: one that leads somewhere is replaced when the configuration is put together."""
    return isinstance(node.value_, Written) and node.value_.tag == "!reference"


def stage_of(item: Node) -> str:
    """The stage of a job."""
    return text(item.at("stage")) or "test"


def _jobs(body: Node) -> Iterator[tuple[str, Node]]:
    if isinstance(body.value, dict):
        yield from ((name, item) for name, item in body.entries() if name not in GLOBALS and isinstance(item.value, dict))


def _inherited(body: Node, item: Node, key: str) -> Node:
    if given(item.at(key)):
        return item.at(key)
    allowed = item.at("inherit.default")
    if allowed.data is False or (isinstance(allowed.value, list) and key not in [it.data for it in allowed.each()]):
        return NONE
    default = body.at("default")
    if isinstance(default.value, dict) and given(default.at(key)):
        return default.at(key)
    return body.at(key) if key in GLOBALS else NONE


def _job(body: Node, name: str, item: Node) -> Job:
    environment = item.at("environment")
    group = item.at("resource_group")
    image, services = _inherited(body, item, "image"), _inherited(body, item, "services")
    return Job(
        item,
        name,
        body.key(name),
        tuple(_steps(body, item)),
        needs=tuple(_needs(item.at("needs"))),
        condition=item.at("rules"),
        environment=environment.at("name") if isinstance(environment.value, dict) else environment,
        concurrency=Concurrency(group, group) if given(group) else None,
        timeout=_inherited(body, item, "timeout"),
        retry=_inherited(body, item, "retry"),
        tolerated=item.at("allow_failure"),
        runner=_inherited(body, item, "tags"),
        images=(*_images([image]), *_images(items(services), service=True)),
        matrix=item.at("parallel.matrix"),
        variables=item.at("variables"),
        uses=_called(item.at("trigger")),
        stage=item.at("stage"),
        manual=item.at("when"),
        template=name.startswith("."),
    )


def _images(nodes: Iterable[Node], *, service: bool = False) -> Iterator[Image]:
    for node in nodes:
        name = node.at("name") if isinstance(node.value, dict) else node
        if given(name):
            alias = node.at("alias").data if isinstance(node.value, dict) else ""
            yield Image(name, alias if isinstance(alias, str) else "", service=service)


def _steps(body: Node, item: Node) -> Iterator[Step]:
    commands = [*lines(_inherited(body, item, "before_script")), *lines(item.at("script"))]
    if commands:
        yield Step(item.at("script") if given(item.at("script")) else item, 0, script=_script(commands))
    after = list(lines(_inherited(body, item, "after_script")))
    if after:
        cleanup = _script(after)
        yield Step(_inherited(body, item, "after_script"), 1, script=cleanup, tolerated=Node(Value(data=True)), always=True)


def _script(commands: list[Node]) -> Script:
    return Script(tuple(commands), "bash", NONE, errexit=True, pipefail=None)


def _needs(node: Node) -> Iterator[Need]:
    for item in items(node):
        if isinstance(item.value, str):
            yield Need(item, item.data)
        elif isinstance(item.value, dict) and isinstance(item.at("job").value, str) and not given(item.at("project")):
            if given(item.at("pipeline")):
                continue
            job = item.at("job")
            yield Need(job, str(job.data), item.at("optional").value is True, item.at("artifacts").value is not False)


def _with_implied(job: Job, jobs: list[Job], order: dict[str, int]) -> Job:
    """With the jobs of the nearest earlier stage that has any, where the job does not say what it needs."""
    if given(job.where.at("needs")) or job.template:
        return job
    mine = order.get(stage_of(job.where), -1)
    earlier = [it for it in jobs if not it.template and order.get(stage_of(it.where), len(order)) < mine]
    last = max((order[stage_of(it.where)] for it in earlier), default=-1)
    implied = tuple(Need(job.stage, it.key, implied=True) for it in earlier if order[stage_of(it.where)] == last)
    object.__setattr__(job, "needs", implied)
    return job


def _called(node: Node) -> Uses | None:
    """The pipeline that a `trigger` starts: a file of this repository, or another project."""
    if isinstance(node.value, str):
        return Uses(node, node.data, "")
    if not isinstance(node.value, dict):
        return None
    project, include = node.at("project"), node.at("include")
    if isinstance(project.value, str):
        branch = node.at("branch").data
        return Uses(project, project.data, branch if isinstance(branch, str) else "", node)
    entry = items(include)[0] if items(include) else include
    path = entry.at("local") if isinstance(entry.value, dict) else entry
    if isinstance(path.value, str):
        return Uses(path, path.data, "", node, local=True)
    return Uses(node, "", "", node)
