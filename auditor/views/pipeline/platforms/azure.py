"""Azure Pipelines: stages, jobs and steps, with the templates of this repository written out where they are used."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, join, normpath

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

KINDS = frozenset({"azure_pipeline"})

_MAX_DEPTH = 10
_SHELLS = {"script": "", "bash": "bash", "pwsh": "pwsh", "powershell": "powershell"}
_LIFECYCLE = ("preDeploy", "deploy", "routeTraffic", "postRouteTraffic")


def read(resource: Resource, graph: Graph) -> tuple[Pipeline, ...]:
    """The pipeline of a file; of a template, its parts as a pipeline that is called."""
    reader = _Reader(resource, graph)
    body = reader.extended(resource.body)
    jobs = tuple(reader.jobs(body))
    called = given(body.at("parameters")) and not any(given(body.at(key)) for key in ("trigger", "pr", "schedules", "extends", "resources"))
    triggers = (Trigger(body, Event.CALL, "template"),) if called else tuple(_triggers(body))
    made = Pipeline(
        resource,
        Platform.AZURE,
        triggers,
        jobs,
        body.at("name"),
        concurrency=_lock(body),
        variables=body.at("variables"),
        doubts=tuple(dict.fromkeys(reader.doubts)),
    )
    return (made,)


def _lock(node: Node) -> Concurrency | None:
    behavior = node.at("lockBehavior")
    return Concurrency(behavior, behavior) if given(behavior) else None


def _triggers(body: Node) -> Iterator[Trigger]:
    trigger, pr = body.at("trigger"), body.at("pr")
    if trigger.data != "none":
        yield Trigger(
            trigger if given(trigger) else body, Event.PUSH, "trigger", _filter(trigger), _part(trigger, "tags"), _part(trigger, "paths")
        )
    if pr.data != "none":
        yield Trigger(pr if given(pr) else body, Event.PULL_REQUEST, "pr", _filter(pr), paths=_part(pr, "paths"))
    for item in items(body.at("schedules")):
        yield Trigger(item, Event.SCHEDULE, "schedules", _part(item, "branches"), crons=(field(item, "cron"),))
    for item in items(body.at("resources.pipelines")):
        if given(field(item, "trigger")):
            yield Trigger(item, Event.COMPLETION, "pipelines")


def _filter(node: Node) -> Patterns:
    return Patterns(tuple(items(node))) if isinstance(node.value, list) else _part(node, "branches")


def _part(node: Node, key: str) -> Patterns:
    part = field(node, key)
    return Patterns(tuple(several(field(part, "include"))), tuple(several(field(part, "exclude"))))


class _Reader:
    """Reads one file and the templates that it names. `doubts`: what of them is not here."""

    def __init__(self, resource: Resource, graph: Graph) -> None:
        self.folder = dirname(resource.address.text)
        self.files = {other.address.text: other.body for other in graph.resources if other.kind in KINDS and other.root == resource.root}
        self.doubts: list[str] = []

    def extended(self, body: Node) -> Node:
        """The template that a pipeline extends, where it is here."""
        name = text(body.at("extends.template"))
        return self.template(name) or body if name else body

    def template(self, name: str) -> Node | None:
        """The body of a template of this repository."""
        path = normpath(name.lstrip("/") if name.startswith("/") else join(self.folder, name))
        found = self.files.get(path) if "@" not in name or name.endswith("@self") else None
        if found is None:
            self.doubts.append(f"the template {name} is not here")
        return found

    def parts(self, parent: Node, key: str, depth: int = 0) -> Iterator[Node]:
        """The items of a list, with templates and the branches of `${{ if }}` written out."""
        for item in items(field(parent, key)):
            yield from self.part(item, key, depth)

    def part(self, item: Node, key: str, depth: int) -> Iterator[Node]:
        """One item of a list, or what stands for it."""
        conditional = [(name, inner) for name, inner in entries(item) if name.startswith("${{")]
        if conditional:
            self.doubts.append("what a template expression leaves out")
            for _, inner in conditional:
                for each in items(inner):
                    yield from self.part(each, key, depth)
        elif name := text(field(item, "template")):
            body = self.template(name) if depth < _MAX_DEPTH else None
            if body is not None:
                yield from self.parts(body, key, depth + 1)
        elif isinstance(item.value, dict):
            yield item

    def jobs(self, body: Node) -> Iterator[Job]:
        """All jobs; a job of a stage waits for those of the stages before it. Jobs beside stages, which Azure refuses, are read too."""
        stages = list(self.parts(body, "stages"))
        if not stages:
            found = list(self.parts(body, "jobs"))
            if not found and given(body.at("steps")):
                found = [body]
            yield from (self.job(item, body, number, []) for number, item in enumerate(found))
            return
        made: dict[str, list[str]] = {}
        previous = ""
        for index, stage in enumerate(stages):
            name = text(field(stage, "stage")) or f"stage{index}"
            written = field(stage, "dependsOn")
            after = [text(it) for it in several(written)] if given(written) else [previous] if previous else []
            before = [key for it in after for key in made.get(it, ())]
            jobs = [self.job(item, body, number, before, stage) for number, item in enumerate(self.parts(stage, "jobs"))]
            made[name], previous = [job.key for job in jobs], name
            yield from jobs
        yield from (self.job(item, body, number, []) for number, item in enumerate(self.parts(body, "jobs")))

    def job(self, item: Node, body: Node, number: int, before: list[str], stage: Node = NONE) -> Job:
        """One job, or deployment."""
        name_at = next((field(item, key) for key in ("job", "deployment") if given(field(item, key))), item)
        prefix = f"{text(field(stage, 'stage'))}." if given(stage) and text(field(stage, "stage")) else ""
        needs = several(field(item, "dependsOn"))
        environment = field(item, "environment")
        pool = next((it for it in (field(item, "pool"), field(stage, "pool"), body.at("pool")) if given(it)), NONE)
        container = field(item, "container")
        return Job(
            item,
            prefix + (text(name_at) or f"job{number}"),
            name_at,
            tuple(self.steps(item, pool)),
            field(item, "displayName"),
            needs=(*(Need(it, prefix + text(it)) for it in needs if text(it)), *(Need(item, key, implied=True) for key in before)),
            condition=field(item, "condition") if given(field(item, "condition")) else field(stage, "condition"),
            environment=field(environment, "name") if isinstance(environment.value, dict) else environment,
            concurrency=_lock(stage) if given(stage) else None,
            timeout=field(item, "timeoutInMinutes"),
            tolerated=field(item, "continueOnError"),
            runner=field(pool, "vmImage") if given(field(pool, "vmImage")) else pool,
            images=tuple(self.images(container, body)),
            matrix=field(field(item, "strategy"), "matrix"),
            variables=field(item, "variables"),
            stage=field(stage, "stage"),
        )

    def images(self, container: Node, body: Node) -> Iterator[Image]:
        """The container of a job; a name stands for one of `resources.containers`."""
        node = field(container, "image") if isinstance(container.value, dict) else container
        named = [it for it in items(body.at("resources.containers")) if text(field(it, "container")) == text(node)]
        if named:
            yield Image(field(named[0], "image"), text(node))
        elif given(node):
            yield Image(node)

    def steps(self, job: Node, pool: Node) -> Iterator[Step]:
        """The steps of a job, or of the phases of a deployment."""
        parents = [job]
        for _, strategy in entries(field(job, "strategy")):
            parents += [field(strategy, phase) for phase in _LIFECYCLE]
            parents += [field(field(strategy, "on"), outcome) for outcome in ("success", "failure")]
        found = [
            (item, parent is not job and parent.path.endswith("failure")) for parent in parents for item in self.parts(parent, "steps")
        ]
        for index, (item, cleanup) in enumerate(found):
            yield _step(item, index, pool, cleanup)


def _step(item: Node, index: int, pool: Node, cleanup: bool) -> Step:
    kind = next((key for key in (*_SHELLS, "task", "checkout", "download", "publish", "getPackage") if given(field(item, key))), "")
    script, uses = None, None
    if kind in _SHELLS:
        windows = "windows" in text(field(pool, "vmImage")).lower()
        dialect = _SHELLS[kind] or ("cmd" if windows else "bash")
        directory = field(item, "workingDirectory")
        errexit = False if dialect == "bash" else None  # the agent writes the lines into a file and runs that
        script = Script((field(item, kind),), dialect, directory, errexit, pipefail=False) if text(field(item, kind)) else None
    elif kind:
        name, _, version = text(field(item, kind)).partition("@")
        where = field(item, kind)
        inputs = field(item, "inputs")
        uses = Uses(where, name, version, inputs) if kind == "task" else Uses(where, kind, "", item, local=True)
        script = _of_task(name, inputs) if kind == "task" else None
    return Step(
        item,
        index,
        field(item, "displayName"),
        field(item, "name"),
        field(item, "condition"),
        script,
        uses,
        field(item, "env"),
        field(item, "continueOnError"),
        field(item, "timeoutInMinutes"),
        always=cleanup,
    )


def _of_task(name: str, inputs: Node) -> Script | None:
    """The script that a task runs when it is written in the pipeline."""
    dialect = {"bash": "bash", "powershell": "pwsh", "cmdline": "", "azurecli": "bash"}.get(name.lower())
    written = next((field(inputs, key) for key in ("script", "inlineScript") if given(field(inputs, key))), NONE)
    return (
        Script((written,), dialect, field(inputs, "workingDirectory"), False, pipefail=False)
        if dialect is not None and text(written)
        else None
    )
