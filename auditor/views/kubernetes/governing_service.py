"""The Service that gives the pods of a StatefulSet their names."""

from __future__ import annotations

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.kubernetes.lookup import Lookup, look_up
from auditor.views.kubernetes.namespace import namespace_of


def look_up_governing(workload: Resource, graph: Graph) -> Lookup | None:
    """The Service that `serviceName` names; None when it names none. Raises `Undecided`."""
    name = workload.at("spec.serviceName").text
    return look_up(graph, workload, "Service", name, namespace_of(workload), group="") if name else None


def governing_services(workload: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The Service that `serviceName` names, if it is here. Raises `Undecided`."""
    found = look_up_governing(workload, graph)
    return found.targets if found is not None else ()
