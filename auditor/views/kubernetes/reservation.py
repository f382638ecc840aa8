"""Whether containers say what they need: requests and limits with everything that stands in for them."""

from __future__ import annotations

from auditor.model.node import Node
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.container import Amount, Container
from auditor.views.kubernetes.vertical import manages


def unrequested(container: Container, resource: str) -> Node | None:
    """Where a request should stand when nothing requests the resource; None when something does. Raises `Undecided`.

    A limit, the pod as a whole, a LimitRange and a VerticalPodAutoscaler all stand in for it. What is no quantity at all is a fault of
    its own, and not this one.
    """
    written = container.written_request(resource)
    if _unreadable(written) or _unreadable(container.written_limit(resource)):
        return None
    found = container.request(resource)
    asked = found.value > 0 if found is not None else container.asks_for(resource)
    return None if asked or manages(container, resource) else written


def implied(container: Container, resource: str) -> Amount | None:
    """The request that a container has only because it has a limit. Raises `Undecided`."""
    if container.written_request(resource).present:
        return None
    found = container.request(resource)
    return found if found is not None and found.source == "limit" and not manages(container, resource) else None


def unlimited(container: Container, resource: str) -> Node | None:
    """Where a limit should stand when nothing limits the resource; None when something does. Raises `Undecided`."""
    written = container.written_limit(resource)
    if _unreadable(written):
        return None
    found = container.limit(resource)
    limited = found.value > 0 if found is not None else container.is_limited(resource)
    return None if limited else written


def limit_of(container: Container, resource: str) -> Amount | None:
    """What really limits a container: its own limit, or the smaller one of the pod as a whole. Raises `Undecided`."""
    own = container.limit(resource)
    node = container.pod.where.at(f'resources.limits["{resource}"]')
    whole = quantity.of(node)
    if whole is None or (own is not None and own.value <= whole):
        return own
    return Amount(whole, node, "written")


def loose(container: Container, resource: str) -> Node | None:
    """The request of a container that may use more than it; None when limit and request are one, or nothing is requested.

    Raises `Undecided`.
    """
    written = container.written_request(resource)
    asked = quantity.of(written)
    if not asked:
        return None
    found = container.limit(resource)
    if found is None:
        return None if container.is_limited(resource) else written
    return written if found.value > asked else None


def _unreadable(node: Node) -> bool:
    return node.present and quantity.of(node) is None
