"""Pipelines of every platform in one model: `pipelines`, `jobs` and `steps` are the `each` of rules."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from typing import Any

from auditor.model.graph import Graph
from auditor.model.node import Undecided
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.pipeline import platforms
from auditor.views.pipeline.model import Job, Pipeline, Step


@cache
def _readers() -> dict[str, Callable[[Resource, Graph], tuple[Pipeline, ...]]]:
    found: dict[str, Any] = {}
    for info in pkgutil.iter_modules(platforms.__path__):
        module = importlib.import_module(f"{platforms.__name__}.{info.name}")
        found |= dict.fromkeys(module.KINDS, module.read)
    return found


KINDS = (
    "github_workflow github_action gitlab_pipeline circleci_pipeline azure_pipeline bitbucket_pipeline jenkinsfile codebuild_buildspec "
    "aws_codepipeline Workflow WorkflowTemplate ClusterWorkflowTemplate CronWorkflow Task ClusterTask TaskRun Pipeline PipelineRun"
)
"""The kinds that are pipelines: the `target` of rules that hold on every platform."""


def pipelines(resource: Resource, graph: Graph) -> tuple[Pipeline, ...]:
    """The pipelines that a file declares; none when it is no pipeline. As an `each`: the pipelines themselves. Raises `Undecided`."""
    made: dict[int, tuple[Pipeline, ...] | Undecided] = of_graph(graph, "pipelines", dict)
    if id(resource) not in made:
        made[id(resource)] = _read(resource, graph)
    found = made[id(resource)]
    if isinstance(found, Undecided):
        raise found
    return found


def _read(resource: Resource, graph: Graph) -> tuple[Pipeline, ...] | Undecided:
    reader = _readers().get(resource.kind)
    try:
        return reader(resource, graph) if reader else ()
    except Undecided as undecided:
        return undecided


def jobs(resource: Resource, graph: Graph) -> Iterator[Job]:
    """The jobs of a pipeline that run themselves."""
    return (job for found in pipelines(resource, graph) for job in found.jobs if not job.template)


def steps(resource: Resource, graph: Graph) -> Iterator[Step]:
    """The steps of all jobs of a pipeline."""
    return (step for job in jobs(resource, graph) for step in job.steps)


def every(graph: Graph) -> list[Pipeline]:
    """All pipelines of a repository, apart from files whose structure is not known."""
    return of_graph(graph, "every pipeline", lambda: _every(graph))


def _every(graph: Graph) -> list[Pipeline]:
    found: list[Pipeline] = []
    for resource in sorted((*graph.resources, *graph.context), key=lambda it: (it.root, it.address)):
        with suppress(Undecided):
            found += pipelines(resource, graph)
    return found
