"""The one model of pipelines: what every platform has under its own words.

Each part keeps the node it was read from (`where`), and every setting is a node: missing when it is not written, unknown where
the platform fills it in at run time. What a platform does when nothing is written is said by `pipeline.defaults`.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.value import MISSING, Value

NONE = Node(Value(MISSING))
"""A setting that a platform does not have."""


def given(node: Node) -> bool:
    """Whether something is written there, known or not."""
    return node.data is not None and node.data is not MISSING


class Platform(enum.StrEnum):
    """The systems that run pipelines."""

    GITHUB = "GitHub Actions"
    GITLAB = "GitLab CI"
    CIRCLECI = "CircleCI"
    AZURE = "Azure Pipelines"
    BITBUCKET = "Bitbucket Pipelines"
    JENKINS = "Jenkins"
    CODEBUILD = "AWS CodeBuild"
    CODEPIPELINE = "AWS CodePipeline"
    ARGO = "Argo Workflows"
    TEKTON = "Tekton"


class Event(enum.StrEnum):
    """What starts a pipeline."""

    PUSH = "a push"
    PULL_REQUEST = "a pull request"
    SCHEDULE = "a schedule"
    MANUAL = "a hand"
    CALL = "another pipeline's call"
    COMPLETION = "another pipeline's end"
    RELEASE = "a release"
    OTHER = "an event"


@dataclass(frozen=True, slots=True, eq=False)
class Patterns:
    """What a filter lets through: any of `include` (everything, when there is none) and none of `exclude`."""

    include: tuple[Node, ...] = ()
    exclude: tuple[Node, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.include or self.exclude)


@dataclass(frozen=True, slots=True, eq=False)
class Trigger:
    """One event that starts a pipeline. `name` is the platform's word for it; `privileged`: runs of strangers' changes have secrets."""

    where: Node
    event: Event
    name: str
    branches: Patterns = Patterns()
    tags: Patterns = Patterns()
    paths: Patterns = Patterns()
    types: tuple[Node, ...] = ()
    crons: tuple[Node, ...] = ()
    privileged: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Script:
    """Commands of one shell session, in one text or several.

    `dialect`: bash, sh, pwsh, powershell, cmd, python, or empty when it is not known. `errexit` and `pipefail` say how the platform
    starts the shell; None: not known.
    """

    texts: tuple[Node, ...]
    dialect: str = "bash"
    directory: Node = NONE
    errexit: bool | None = True
    pipefail: bool | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Uses:
    """Code of somebody else that a step or job runs: an action, an orb's command, a pipe, a task, a template, a called pipeline.

    `where` is the reference as written, `name` its part before the version, `version` empty when none is written; `local`: a path of
    this repository.
    """

    where: Node
    name: str
    version: str
    inputs: Node = NONE
    local: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Image:
    """A container image that a job or step runs in. `where` is the reference; `credentials` the table with the registry's."""

    where: Node
    name: str = ""
    credentials: Node = NONE
    service: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Concurrency:
    """What keeps runs apart: `group` is the lock's name, `cancels` whether a new run ends the one that holds it."""

    where: Node
    group: Node
    cancels: Node = NONE


@dataclass(frozen=True, slots=True, eq=False)
class Need:
    """A job that another one waits for. `optional`: it may be absent; `implied`: by the order of stages, nobody wrote it."""

    where: Node
    job: str
    optional: bool = False
    artifacts: bool = True
    implied: bool = False


@dataclass(frozen=True, eq=False)
class Step:
    """One step of a job: a script, or somebody else's code."""

    where: Node
    index: int
    name: Node = NONE
    id: Node = NONE
    condition: Node = NONE
    script: Script | None = None
    uses: Uses | None = None
    variables: Node = NONE
    tolerated: Node = NONE
    """Whether its failure leaves the job green."""
    timeout: Node = NONE
    always: bool = False
    """Whether it runs after a failure too: a cleanup."""
    job: Job = field(init=False, repr=False)

    @property
    def before(self) -> Iterator[Step]:
        """The steps of the job that run earlier."""
        return (step for step in self.job.steps if step.index < self.index)

    @property
    def after(self) -> Iterator[Step]:
        """The steps of the job that run later."""
        return (step for step in self.job.steps if step.index > self.index)

    def calls(self, *names: str) -> bool:
        """Whether it runs one of these actions, pipes or tasks (without version, in any case)."""
        return self.uses is not None and self.uses.name.lower() in names


@dataclass(frozen=True, eq=False)
class Job:
    """One job. `key` is its name among the jobs of its pipeline."""

    where: Node
    key: str
    key_at: Node
    steps: tuple[Step, ...] = ()
    name: Node = NONE
    needs: tuple[Need, ...] = ()
    condition: Node = NONE
    environment: Node = NONE
    """The name of the environment that it deploys to."""
    permissions: Node = NONE
    concurrency: Concurrency | None = None
    timeout: Node = NONE
    retry: Node = NONE
    tolerated: Node = NONE
    """Whether its failure leaves the pipeline green."""
    runner: Node = NONE
    images: tuple[Image, ...] = ()
    matrix: Node = NONE
    variables: Node = NONE
    outputs: Node = NONE
    uses: Uses | None = None
    """The pipeline that it calls, when it is a call."""
    secrets: Node = NONE
    """What a called pipeline gets."""
    stage: Node = NONE
    manual: Node = NONE
    """Whether somebody has to start it by hand."""
    template: bool = False
    """Only others' pattern: never runs itself."""
    pipeline: Pipeline = field(init=False, repr=False)

    def __post_init__(self) -> None:
        for step in self.steps:
            object.__setattr__(step, "job", self)

    @cached_property
    def needed(self) -> tuple[Job, ...]:
        """The jobs that it waits for directly; what is not there is left out."""
        jobs = {job.key.lower(): job for job in self.pipeline.jobs}
        return tuple(jobs[need.job.lower()] for need in self.needs if need.job.lower() in jobs)

    @cached_property
    def upstream(self) -> tuple[Job, ...]:
        """All jobs that it waits for, nearest first."""
        found: dict[str, Job] = {}
        waiting = list(self.needed)
        for job in waiting:
            if job.key not in found and job is not self:
                found[job.key] = job
                waiting.extend(job.needed)
        return tuple(found.values())


@dataclass(frozen=True, eq=False)
class Pipeline:
    """One pipeline file, as its platform runs it."""

    resource: Resource
    platform: Platform
    triggers: tuple[Trigger, ...] = ()
    jobs: tuple[Job, ...] = ()
    name: Node = NONE
    permissions: Node = NONE
    concurrency: Concurrency | None = None
    variables: Node = NONE
    timeout: Node = NONE
    doubts: tuple[str, ...] = ()
    """What of it could not be read: an include from elsewhere, a template; where there are any, absence proves nothing."""

    def __post_init__(self) -> None:
        for job in self.jobs:
            object.__setattr__(job, "pipeline", self)

    @property
    def where(self) -> Node:
        """The document."""
        return self.resource.body

    @property
    def steps(self) -> Iterator[Step]:
        """The steps of all jobs."""
        return (step for job in self.jobs for step in job.steps)

    @property
    def events(self) -> frozenset[Event]:
        """What starts it."""
        return frozenset(trigger.event for trigger in self.triggers)

    def on(self, *names: str) -> Trigger | None:
        """The first trigger with one of these names of the platform."""
        return next((trigger for trigger in self.triggers if trigger.name in names), None)

    @property
    def only_called(self) -> bool:
        """Whether it runs only as a part of other pipelines, which decide about concurrency and time."""
        return bool(self.triggers) and self.events == {Event.CALL}
