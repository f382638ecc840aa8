"""How many pods a workload surely has. What could not be read may hold the autoscaler that decides it."""

from __future__ import annotations

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.decide import undecided
from auditor.views.kubernetes.scaler import all_scalers_of, fewest, scalers_of


def must_be_whole(graph: Graph, resource: Resource) -> None:
    """Raise `Undecided` when a part of the bundle could not be read: then what is not here proves nothing."""
    if graph.gaps:
        raise undecided(resource.body, graph.gaps[0])


def fewest_pods(workload: Resource, graph: Graph) -> int | None:
    """The fewest pods in normal operation; None for kinds without replicas. Raises `Undecided`."""
    number = fewest(workload, graph)
    if number is not None and not scalers_of(workload, graph):
        must_be_whole(graph, workload)
    return number


def is_scaled(workload: Resource, graph: Graph) -> bool:
    """Whether a horizontal scaler owns the number of pods. Raises `Undecided` when one may."""
    if all_scalers_of(workload, graph):
        return True
    must_be_whole(graph, workload)
    return False
