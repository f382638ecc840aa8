"""AWS CodePipeline, as Terraform declares it: each action is a job that waits for those before it."""

from __future__ import annotations

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.pipeline.model import NONE, Concurrency, Event, Job, Need, Pipeline, Platform, Trigger, Uses, given
from auditor.views.pipeline.reading import field, items, text

KINDS = frozenset({"aws_codepipeline"})


def read(resource: Resource, graph: Graph) -> tuple[Pipeline, ...]:
    """The pipeline of a resource. Deployments name their stage as environment; an approval is a job that a person starts."""
    body = resource.body
    jobs: list[Job] = []
    before: list[str] = []
    for stage in items(body.at("stage")):
        made = _stage(stage, before)
        jobs += made
        before = [job.key for job in made] or before
    mode = body.at("execution_mode")
    made_pipeline = Pipeline(
        resource,
        Platform.CODEPIPELINE,
        (Trigger(body, Event.PUSH, "source"),),
        tuple(jobs),
        body.at("name"),
        concurrency=None if text(mode) == "PARALLEL" else Concurrency(mode if given(mode) else body, mode),
    )
    return (made_pipeline,)


def _stage(stage: Node, before: list[str]) -> list[Job]:
    """The actions of a stage; those of a lower run order come first."""
    written = items(stage.at("action"))
    orders = sorted({_order(action) for action in written})
    made: list[Job] = []
    for order in orders:
        group = [_job(stage, action, before) for action in written if _order(action) == order]
        made += group
        before = [job.key for job in group]
    return made


def _order(action: Node) -> int:
    number = field(action, "run_order").number
    return int(number) if number is not None else 1


def _job(stage: Node, action: Node, before: list[str]) -> Job:
    category, name = text(field(action, "category")), field(action, "name")
    provider = field(action, "provider")
    return Job(
        action,
        f"{text(stage.at('name'))}.{text(name)}",
        name if given(name) else action,
        name=name,
        needs=tuple(Need(action, key, implied=True) for key in before),
        environment=stage.at("name") if category == "Deploy" else NONE,
        outputs=field(action, "output_artifacts"),
        uses=Uses(provider, text(provider), text(field(action, "version")), field(action, "configuration")),
        stage=stage.at("name"),
        manual=field(action, "category") if category == "Approval" else NONE,
    )
