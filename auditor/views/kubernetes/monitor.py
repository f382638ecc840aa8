"""ServiceMonitors of the Prometheus operator, and the Services that they select by their labels."""

from __future__ import annotations

from auditor.model.graph import Graph
from auditor.model.node import Undecided
from auditor.model.resource import Resource
from auditor.views.kubernetes.lookup import Lookup, Outcome, absent
from auditor.views.kubernetes.namespace import may_be_same, namespace_of
from auditor.views.kubernetes.selector import label_selector, labels_of
from auditor.views.kubernetes.service import is_service


def look_up_services(monitor: Resource, graph: Graph) -> Lookup:
    """The Services that a monitor selects, in its own namespace or those that it names. Raises `Undecided`."""
    selector = label_selector(monitor.at("spec.selector"))
    anywhere = monitor.at("spec.namespaceSelector.any").flag is True
    named: list[str | None] = [text for it in monitor.body.each("spec.namespaceSelector.matchNames") if (text := it.text)]
    named = named or [namespace_of(monitor)]
    here = [it for it in graph.of("Service") if it.root == monitor.root and is_service(it)]
    near = [it for it in here if anywhere or any(may_be_same(namespace_of(it), name) for name in named)]
    found: list[Resource] = []
    doubt: Undecided | None = None
    for service in near:
        try:
            if selector.matches(labels_of(service.at("metadata.labels"))):
                found.append(service)
        except Undecided as reason:
            doubt = doubt or reason
    if doubt is not None:
        return Lookup(Outcome.UNKNOWN, reason=str(doubt))
    if found:
        return Lookup(Outcome.FOUND, tuple(found))
    return absent(graph, monitor, "", near, what=f"a Service with {selector.show()}")
