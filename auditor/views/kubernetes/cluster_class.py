"""Classes that belong to a cluster: of priority, runtime, storage, ingress. Manifests of applications rarely hold them."""

from __future__ import annotations

from dataclasses import replace

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.kubernetes.lookup import Lookup, Outcome, look_up


def look_up_class(name: Node, kind: str, source: Resource, graph: Graph) -> Lookup | None:
    """The class of that name; None when none is named. Raises `Undecided` when the name is unknown.

    That others of its kind are here proves little: it is missing only where everything was read, or where one of nearly that name is here.
    """
    text = name.text
    if not text:
        return None
    found = look_up(graph, source, kind, text)
    if found.missing and not found.complete and found.nearest is None:
        return replace(found, outcome=Outcome.UNKNOWN)
    return found
