"""How long what is called may take, as far as somebody says so."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.model.node import Undecided
from auditor.model.resource import Resource
from auditor.views.load_balancer import BALANCERS, balancer_type
from auditor.views.started import started_by
from auditor.views.timeouts.application import Duration, request_timeout
from auditor.views.timeouts.call import HTTP, REST, calls_from, function_time, idle_time, integration_time


def declared_time(callee: Resource, graph: Graph) -> Iterator[tuple[Resource, Duration]]:
    """(what takes the time, how long it may) of something that is called, and of what it waits for itself.

    Only times that are written: a default says nothing of how long the work takes. The outermost first; what is not known is left out.
    """
    seen: set[Resource] = set()
    pending = [callee]
    while pending:
        it = pending.pop(0)
        if it in seen:
            continue
        seen.add(it)
        for duration in _times(it, graph):
            if not duration.assumed:
                yield it, duration
        pending += [call.callee for call in calls_from(it, graph)]


def _times(it: Resource, graph: Graph) -> Iterator[Duration]:
    try:
        if it.kind == "aws_lambda_function":
            yield function_time(it)
        elif it.kind in BALANCERS.split():
            if balancer_type(it.body) == "application":
                yield idle_time(it)
        elif it.kind in (REST, HTTP):
            yield integration_time(it)
        else:
            yield from _of_containers(it, graph)
    except Undecided:
        return


def _of_containers(it: Resource, graph: Graph) -> Iterator[Duration]:
    for container in started_by(it, graph):
        found = request_timeout(container.settings)
        if found is not None:
            yield found
