"""The JSON document of `auditor reach`; `auditor schema reach` describes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from auditor.app.graph import location
from auditor.app.reach import Exposed, Reached
from auditor.model.node import Node
from auditor.model.redacted_text import mask_text
from auditor.model.resource import Resource
from auditor.model.span import NOWHERE
from auditor.views.iam.truth import Truth
from auditor.views.network.exposure import Opened
from auditor.views.network.flow import Blocker, Flow, Hop
from auditor.views.network.interface import Interface
from auditor.views.network.naming import Gap
from auditor.views.network.party import End

_ANSWERS: dict[Truth, str] = {True: "reachable", False: "blocked", None: "unknown"}


def document(found: Reached) -> dict[str, Any]:
    """The document of an answer."""
    question = found.question
    flows = (*found.flows, *(it.flow for it in found.exposed if it.flow is not None))
    blocked = [it for one in found.flows for it in one.blockers]
    return {
        "version": "1",
        "question": {"source": question.source, "target": question.target, "protocol": question.protocol, "port": question.port},
        "answer": _ANSWERS[found.truth],
        "paths": _distinct(_path(one) for one in flows if one.truth),
        "blockers": _distinct(_blocker(it) for it in blocked),
        "exposed": _distinct(_exposed(it) for it in found.exposed),
        "unknown": _distinct(_gap(it) for it in (*found.gaps, *_open(found))),
        "notes": list(dict.fromkeys((*found.notes, *(note for one in flows for note in one.notes)))),
    }


def _open(found: Reached) -> Iterable[Gap]:
    """What is not known: of the flows that nobody can decide, and of what may be exposed."""
    if found.truth is True:
        return ()
    of_flows = [gap for one in found.flows if one.truth is None for gap in one.gaps]
    return (*of_flows, *(gap for one in found.exposed for gap in (*one.exposure.gaps, *(one.through.gaps if one.through else ()))))


def _distinct(items: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    for item in items:
        if item not in found:
            found.append(item)
    return found


def _path(found: Flow) -> list[dict[str, Any]]:
    """The way there and back: the ends, and everything with a place between them."""
    there = [_hop(hop) for hop in found.hops if hop.direction == "forward" and hop.resource is not None]
    back = [_hop(hop) for hop in found.hops if hop.direction == "return" and hop.resource is not None]
    return [_side(found.source), *_distinct(there), _side(found.target), *_distinct(back)]


def _side(end: End) -> dict[str, Any]:
    words = "internet" if end.words == "the internet" else end.words
    span = end.resource.span if isinstance(end, Interface) or hasattr(end, "resource") else NOWHERE
    return {"resource": words, "location": location(span), "attribute": "", "direction": "forward", "what": ""}


def _hop(hop: Hop) -> dict[str, Any]:
    return {**_place(hop.resource, hop.where), "direction": hop.direction, "what": mask_text(hop.words)}


def _place(resource: Resource | None, where: Node) -> dict[str, Any]:
    inside = resource is not None and where.value_ is not resource.body.value_
    return {
        "resource": resource.address.text if resource is not None else "",
        "location": location(where.span if inside or resource is None else resource.span),
        "attribute": where.path,
    }


def _blocker(found: Blocker) -> dict[str, Any]:
    return {
        **_place(found.resource, found.where),
        "direction": found.direction,
        "code": found.code.value,
        "reason": mask_text(found.reason),
        "fix": mask_text(found.fix),
        "partial": found.partial,
    }


def _exposed(found: Exposed) -> dict[str, Any]:
    card, opened, through = found.exposure.interface, found.opened, found.through
    if opened is not None:
        return {**_opened(opened), "resource": card.resource.address.text, "answer": _ANSWERS[found.truth], "through": None}
    assert through is not None
    port = through.listens
    return {
        "resource": card.resource.address.text,
        "protocol": "tcp",
        "ports": [port, port] if port is not None else [0, 65535],
        "sources": "internet",
        "anywhere": True,
        "answer": _ANSWERS[found.truth],
        "through": through.listener.address.text,
        "location": location(through.listener.span),
    }


def _opened(opened: Opened) -> dict[str, Any]:
    span = opened.opening.where.span if opened.opening is not None else opened.holder.span if opened.holder is not None else NOWHERE
    return {
        "protocol": opened.protocol,
        "ports": list(opened.ports),
        "sources": mask_text(opened.sources),
        "anywhere": opened.anywhere,
        "location": location(span),
    }


def _gap(gap: Gap) -> dict[str, Any]:
    return {"reason": mask_text(gap.reason), "location": location(gap.where.span)}
