"""Pipelines of every platform in one model: `pipelines`, `jobs` and `steps` are the `each` of rules."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.kubernetes.cache import of_graph
from auditor.views.pipeline import platforms
from auditor.views.pipeline.model import Job, Pipeline, Step


@cache
def _readers() -> dict[str, Callable[[Resource, Graph], Pipeline]]:
    found: dict[str, Any] = {}
    for info in pkgutil.iter_modules(platforms.__path__):
        module = importlib.import_module(f"{platforms.__name__}.{info.name}")
        found |= dict.fromkeys(module.KINDS, module.read)
    return found


KINDS = "github_workflow github_action gitlab_pipeline circleci_pipeline azure_pipeline bitbucket_pipeline jenkinsfile codebuild_buildspec"
"""The kinds that are pipelines: the `target` of rules that hold on every platform."""


def pipeline(resource: Resource, graph: Graph) -> Pipeline | None:
    """The pipeline of a resource; None when it is none."""
    made: dict[int, Pipeline] = of_graph(graph, "pipelines", dict)
    if id(resource) not in made:
        reader = _readers().get(resource.kind)
        if reader is None:
            return None
        made[id(resource)] = reader(resource, graph)
    return made[id(resource)]


def pipelines(resource: Resource, graph: Graph) -> Iterator[Pipeline]:
    """The pipeline of a resource, as an `each`."""
    found = pipeline(resource, graph)
    if found is not None:
        yield found


def jobs(resource: Resource, graph: Graph) -> Iterator[Job]:
    """The jobs of a pipeline that run themselves."""
    return (job for found in pipelines(resource, graph) for job in found.jobs if not job.template)


def steps(resource: Resource, graph: Graph) -> Iterator[Step]:
    """The steps of all jobs of a pipeline."""
    return (step for job in jobs(resource, graph) for step in job.steps)


def every(graph: Graph) -> list[Pipeline]:
    """All pipelines of a repository."""
    return [found for resource in graph.resources if (found := pipeline(resource, graph)) is not None]
