"""GitHub Actions: workflows and composite actions."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.value import Unknown
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
from auditor.views.pipeline.reading import entries, field, items, several

KINDS = frozenset({"github_workflow", "github_action"})

_EVENTS = {
    "push": Event.PUSH,
    "create": Event.PUSH,
    "merge_group": Event.PULL_REQUEST,
    "pull_request": Event.PULL_REQUEST,
    "pull_request_target": Event.PULL_REQUEST,
    "pull_request_review": Event.PULL_REQUEST,
    "pull_request_review_comment": Event.PULL_REQUEST,
    "schedule": Event.SCHEDULE,
    "workflow_dispatch": Event.MANUAL,
    "repository_dispatch": Event.OTHER,
    "workflow_call": Event.CALL,
    "workflow_run": Event.COMPLETION,
    "release": Event.RELEASE,
}
PRIVILEGED = frozenset(
    {
        "pull_request_target",
        "issue_comment",
        "issues",
        "workflow_run",
        "discussion",
        "discussion_comment",
        "fork",
        "watch",
        "gollum",
    }
)
"""Events that strangers cause and whose runs have the repository's secrets."""


def read(resource: Resource, graph: Graph) -> tuple[Pipeline, ...]:
    """The pipeline of a workflow; of a composite action, a pipeline with one job whose key is empty."""
    body = resource.body
    if resource.kind == "github_action":
        runs = body.at("runs")
        job = Job(runs, "", runs, tuple(_steps(runs, _Shell.of(NONE, NONE))), outputs=body.at("outputs"))
        trigger = Trigger(runs, Event.CALL, "action")
        return (Pipeline(resource, Platform.GITHUB, (trigger,), (job,) if given(runs.at("steps")) else (), body.at("name")),)
    default = _Shell.of(body.at("defaults.run"), NONE)
    jobs = (_job(body.at("jobs"), key, item, default) for key, item in entries(body.at("jobs")))
    made = Pipeline(
        resource,
        Platform.GITHUB,
        tuple(_triggers(body.at("on"))),
        tuple(jobs),
        body.at("name"),
        body.at("permissions"),
        _concurrency(body.at("concurrency")),
        body.at("env"),
    )
    return (made,)


def _triggers(on: Node) -> Iterator[Trigger]:
    if isinstance(on.value, dict):
        for name, item in on.entries():
            yield _trigger(on.key(name), name, item)
    else:
        for item in several(on):
            if isinstance(item.value, str):
                yield _trigger(item, item.data, NONE)


def _trigger(where: Node, name: str, item: Node) -> Trigger:
    event = _EVENTS.get(name, Event.OTHER)
    if name == "schedule":
        crons = tuple(field(entry, "cron") for entry in items(item))
        return Trigger(where, event, name, crons=crons)
    return Trigger(
        where,
        event,
        name,
        _patterns(item, "branches"),
        _patterns(item, "tags"),
        _patterns(item, "paths"),
        tuple(several(item.at("types"))),
        privileged=name in PRIVILEGED,
    )


def _patterns(item: Node, key: str) -> Patterns:
    if not isinstance(item.value, dict):
        return Patterns()
    written = several(item.at(key))
    negated = [node for node in written if isinstance(node.value, str) and node.data.startswith("!")]
    return Patterns(
        tuple(node for node in written if node not in negated),
        (*negated, *several(item.at(f"{key}-ignore"))),
    )


def _concurrency(node: Node) -> Concurrency | None:
    if isinstance(node.value, dict):
        return Concurrency(node, node.at("group"), node.at("cancel-in-progress"))
    return Concurrency(node, node) if isinstance(node.data, str | Unknown) else None


def _job(jobs: Node, key: str, item: Node, default: _Shell) -> Job:
    if not isinstance(item.value, dict):
        return Job(item, key, jobs.key(key))
    environment = item.at("environment")
    container = item.at("container")
    images = [container if isinstance(container.value, str) else container.at("image")] if given(container) else []
    called = item.at("uses")
    shell = _Shell.of(item.at("defaults.run"), item.at("runs-on"), default)
    return Job(
        item,
        key,
        jobs.key(key),
        tuple(_steps(item, shell)),
        item.at("name"),
        tuple(Need(need, need.data) for need in several(item.at("needs")) if isinstance(need.value, str)),
        item.at("if"),
        environment.at("name") if isinstance(environment.value, dict) else environment,
        item.at("permissions"),
        _concurrency(item.at("concurrency")),
        item.at("timeout-minutes"),
        tolerated=item.at("continue-on-error"),
        runner=item.at("runs-on"),
        images=(
            *(Image(image, credentials=container.at("credentials")) for image in images if given(image)),
            *(
                Image(service.at("image"), name, service.at("credentials"), service=True)
                for name, service in entries(item.at("services"))
                if isinstance(service.value, dict)
            ),
        ),
        matrix=item.at("strategy.matrix"),
        variables=item.at("env"),
        outputs=item.at("outputs"),
        uses=uses_of(called, item.at("with")) if isinstance(called.value, str) else None,
        secrets=item.at("secrets"),
    )


class _Shell:
    """Which shell runs a script where nothing else is written, and in which folder."""

    def __init__(self, shell: Node, directory: Node, windows: bool | None) -> None:
        self.shell = shell
        self.directory = directory
        self.windows = windows

    @classmethod
    def of(cls, run: Node, runner: Node, outer: _Shell | None = None) -> _Shell:
        """The defaults of a workflow or job, those of the workflow where the job has none."""
        shell = run.at("shell") if isinstance(run.value, dict) else NONE
        directory = run.at("working-directory") if isinstance(run.value, dict) else NONE
        label = " ".join(item.data for item in several(runner) if isinstance(item.value, str))
        if outer is not None:
            shell = shell if given(shell) else outer.shell
            directory = directory if given(directory) else outer.directory
        return cls(shell, directory, None if "${{" in label else "windows" in label.lower() if label else None)

    def script(self, item: Node) -> Script:
        """The script of a step. GitHub starts bash with `-e`; with `-o pipefail` only when `shell: bash` is written."""
        written = item.at("shell") if given(item.at("shell")) else self.shell
        directory = item.at("working-directory") if given(item.at("working-directory")) else self.directory
        text = written.data if isinstance(written.value, str) else ""
        name = text.split()[0].rpartition("/")[2] if text.split() else ""
        if "${{" in text:
            return Script((item.at("run"),), "", directory, None, None)
        if not name:
            if self.windows:
                return Script((item.at("run"),), "pwsh", directory, None, None)
            return Script((item.at("run"),), "bash", directory, True, False)
        if name in ("bash", "sh"):
            custom = len(text.split()) > 1
            pipefail = "pipefail" in text if custom else name == "bash"
            return Script((item.at("run"),), name, directory, " -e" in text or not custom, pipefail)
        return Script((item.at("run"),), name, directory, None, None)


def _steps(parent: Node, shell: _Shell) -> Iterator[Step]:
    for index, item in enumerate(it for it in items(parent.at("steps")) if isinstance(it.value, dict)):
        run, uses = item.at("run"), item.at("uses")
        yield Step(
            item,
            index,
            item.at("name"),
            item.at("id"),
            item.at("if"),
            shell.script(item) if isinstance(run.value, str) else None,
            uses_of(uses, item.at("with")) if isinstance(uses.value, str) else None,
            item.at("env"),
            item.at("continue-on-error"),
            item.at("timeout-minutes"),
        )


def uses_of(where: Node, inputs: Node) -> Uses:
    """A reference to an action or a workflow."""
    text = where.data if isinstance(where.value, str) else ""
    if text.startswith(("./", "$/", "../")):
        return Uses(where, text, "", inputs, local=True)
    name, _, version = text.partition("@")
    return Uses(where, name, version, inputs)
