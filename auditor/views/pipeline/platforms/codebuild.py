"""AWS CodeBuild: a buildspec is a pipeline of one job, whose phases are its steps."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.pipeline.model import NONE, Event, Job, Pipeline, Platform, Script, Step, Trigger, given
from auditor.views.pipeline.reading import field, lines, text

KINDS = frozenset({"codebuild_buildspec"})

PHASES = ("install", "pre_build", "build", "post_build")


def read(resource: Resource, graph: Graph) -> tuple[Pipeline, ...]:
    """The build of a buildspec. `post_build` runs after a failed build too."""
    body = resource.body
    job = Job(body, "build", body, tuple(_steps(body)), variables=body.at("env.variables"), outputs=body.at("artifacts"))
    return (Pipeline(resource, Platform.CODEBUILD, (Trigger(body, Event.CALL, "project"),), (job,), variables=body.at("env.variables")),)


def _steps(body: Node) -> Iterator[Step]:
    phases = body.at("phases")
    shell = text(body.at("env.shell"))
    dialect = "bash" if shell == "bash" else "pwsh" if "powershell" in shell else "sh"
    index = 0
    for phase in PHASES:
        written = field(phases, phase)
        for key in ("commands", "finally"):
            commands = tuple(lines(field(written, key)))
            if commands:
                failure = field(written, "on-failure")
                script = Script(commands, dialect, NONE, errexit=True, pipefail=False)
                tolerated = failure if text(failure) == "CONTINUE" else NONE
                yield Step(
                    phases.key(phase),
                    index,
                    Node(phases.key(phase).value_),
                    script=script,
                    tolerated=tolerated,
                    always=_always(phase, key, failure),
                )
                index += 1


def _always(phase: str, key: str, failure: Node) -> bool:
    return key == "finally" or (phase == "post_build" and not given(failure))
