"""Findings of drift: where they point, what they say, and what they prove it with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from auditor.drift import classify as classes
from auditor.drift.compare import Difference, changes
from auditor.drift.pair import Twin
from auditor.drift.spread import Spread
from auditor.model.finding import Code, DriftDetail, Evidence, Finding, Live, Outcome
from auditor.model.node import Node
from auditor.model.resource import Facet, Resource
from auditor.model.rule import Confidence, Severity
from auditor.model.running import Reading
from auditor.model.span import Span
from auditor.model.value import Missing

_LONGEST = 80

_SAYS = {
    classes.CHANGED: "was changed outside of the code: the next apply reverts it",
    classes.SHADOW: "was changed, and the code does not say what it should be",
    classes.CONFLICT: "was changed outside of the code, and the code was changed to something else: the next apply overwrites it",
    classes.RECONCILED: "is in the code as it is in the cloud; only the state is old",
    classes.IGNORED: "was changed, which the code leaves to others (ignore_changes)",
    classes.UNDEPLOYED: "is in the code, but not applied yet",
}


def of_difference(
    twin: Twin, difference: Difference, classification: str, severity: Severity, reading: Reading, others: Sequence[str] = ()
) -> Finding:
    """The finding of an attribute, and of others that changed with it."""
    named = twin.named
    nodes = {resource.facet: _at(resource, difference.path, difference.attribute) for resource in twin.facets}
    spans = [node.span for node in nodes.values()]
    before = nodes[twin.recorded.facet] if twin.recorded is not None else None
    after = nodes[twin.running.facet] if twin.running is not None and classification != classes.UNDEPLOYED else nodes[named.facet]
    added, removed = changes(difference) if difference.path == difference.attribute else ([], [])
    detail = _listed(added, removed) if not any(node.sensitive for node in nodes.values()) else ""
    if not detail and before is not None:
        detail = f": {_short(before)} → {_short(after)}"
    if classification == classes.CONFLICT:
        detail += f"; the code has {_short(nodes[named.facet])}"
    return Finding(
        rule=f"drift-{classification}",
        severity=severity,
        confidence=Confidence.CERTAIN,
        outcome=Outcome.FAIL,
        resource=named.address.text,
        kind=twin.kind,
        root=named.root,
        attribute=difference.path,
        message=f"{difference.path} {_SAYS[classification]}{detail}{_with(others)}",
        span=spans[0],
        fingerprint="",
        facets=tuple(resource.facet for resource in twin.facets),
        expected="" if before is None else _short(before),
        actual=_short(after),
        resource_span=named.span,
        chain=named.chain,
        related=tuple(dict.fromkeys(spans[1:])),
        history=named.history(difference.path) if named.history is not None else (),
        evidence=tuple(_evidence(nodes.values(), twin, reading)),
        drift=DriftDetail(classification, difference.path, {facet.value: node.plain() for facet, node in nodes.items()}),
    )


def of_resource(
    twin: Twin,
    classification: str,
    message: str,
    severity: Severity,
    reading: Reading | None,
    folded: Iterable[str] = (),
    related: Iterable[Span] = (),
) -> Finding:
    """The finding of a whole thing."""
    named = twin.named
    return Finding(
        rule=f"drift-{classification}",
        severity=severity,
        confidence=Confidence.CERTAIN,
        outcome=Outcome.FAIL,
        resource=named.address.text,
        kind=twin.kind,
        root=named.root,
        attribute="",
        message=message,
        span=named.span,
        fingerprint="",
        facets=tuple(resource.facet for resource in twin.facets),
        resource_span=named.span,
        chain=named.chain,
        related=tuple(dict.fromkeys([*(resource.span for resource in twin.facets[1:]), *related])),
        evidence=tuple(_evidence([resource.body for resource in twin.facets], twin, reading)),
        drift=DriftDetail(classification, None, {resource.facet.value: _outline(resource) for resource in twin.facets}),
        instances=tuple(folded),
    )


def _with(others: Sequence[str]) -> str:
    return f"; with it {', '.join(others)}" if others else ""


def _at(resource: Resource, path: str, attribute: str) -> Node:
    """The node at the deepest part of the path that the resource has."""
    node = resource.at(path)
    return resource.at(attribute) if isinstance(node.data, Missing) else node


def _outline(resource: Resource) -> Any:
    """What a thing is, without what it has not."""
    table = resource.body.plain()
    return {name: value for name, value in table.items() if value not in (None, "", [], {})} if isinstance(table, dict) else table


def _evidence(nodes: Iterable[Node], twin: Twin, reading: Reading | None) -> Iterable[Evidence]:
    for resource, node in zip(twin.facets, nodes, strict=True):
        if resource is twin.running and reading is not None:
            yield Live(reading.call, _short(node), node.span)
        else:
            yield Code(node.span, _short(node))


def _listed(added: list[Any], removed: list[Any]) -> str:
    parts = [f"added {_texts(added)}" if added else "", f"removed {_texts(removed)}" if removed else ""]
    return ": " + "; ".join(filter(None, parts)) if any(parts) else ""


def _texts(items: list[Any]) -> str:
    shown = [_cut(item if isinstance(item, str) else _json(_told(item))) for item in items[:3]]
    return ", ".join(shown) + (f" and {len(items) - 3} more" if len(items) > 3 else "")


def _told(item: Any) -> Any:
    """An item without what it leaves empty."""
    return {name: value for name, value in item.items() if value not in (None, "", [], {}, False)} if isinstance(item, dict) else item


def _short(node: Node) -> str:
    return _cut(_json(node.plain()))


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def of_spread(spread: Spread, reading: Reading) -> Iterable[Finding]:
    """The findings of a resource of which some objects are gone."""
    if not spread.found or not spread.lost:
        return
    for attribute in dict.fromkeys(attribute for attribute, _, _ in spread.lost):
        gone = [_last(tells) for name, _, tells in spread.lost if name == attribute]
        named = spread.twin.named
        node = named.at(attribute)
        left = [_last(_alike(resource)) for name, resource in spread.found if name == attribute]
        recorded = spread.twin.recorded.at(attribute).plain() if spread.twin.recorded is not None else None
        written = {
            resource.facet.value: resource.at(attribute).plain() for resource in spread.twin.facets if resource.facet is not Facet.RECORDED
        }
        message = f"{attribute} {_SAYS[classes.CHANGED]}: removed {_texts(gone)}"
        yield Finding(
            rule=f"drift-{classes.CHANGED}",
            severity=Severity.HIGH,
            confidence=Confidence.CERTAIN,
            outcome=Outcome.FAIL,
            resource=named.address.text,
            kind=spread.twin.kind,
            root=named.root,
            attribute=attribute,
            message=message,
            span=node.span,
            fingerprint="",
            facets=(*(resource.facet for resource in spread.twin.facets), Facet.RUNNING),
            expected=_cut(_json(recorded)),
            actual=_cut(_json(left)),
            resource_span=named.span,
            chain=named.chain,
            related=tuple(resource.span for _, resource in spread.found),
            evidence=(Code(node.span, _short(node)), *(Live(reading.call, _last(_alike(r)), r.span) for _, r in spread.found)),
            drift=DriftDetail(classes.CHANGED, attribute, {**written, "recorded": recorded, "running": left}),
        )


def _alike(resource: Resource) -> dict[str, Any]:
    names = ("cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id")
    return {name: resource.at(name).data for name in names if resource.at(name).data}


def _last(tells: Mapping[str, Any]) -> str:
    """The source that a rule is about."""
    return str([*tells.values()][-1]) if tells else ""
