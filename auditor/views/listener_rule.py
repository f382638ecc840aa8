"""The conditions of listener rules: whether all requests that fit one rule fit another, which is tried before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.address_range import covers
from auditor.views.cache import per_graph
from auditor.views.decide import every, given, some
from auditor.views.load_balancer import LISTENERS, RULES

_KINDS: Final = ("host_header", "http_header", "http_request_method", "path_pattern", "query_string", "source_ip")


def siblings(rule: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The other rules that are known to belong to the same listener."""
    return tuple(other for key in _owners(rule, graph) for other in _by_listener(graph)[key] if other is not rule)


def priority(rule: Resource) -> float | None:
    """Its place in the order, the smallest first; None when AWS gives one, which is behind all others at that time."""
    node = rule.at("priority")
    return node.number if given(node) else None


def includes(outer: Node, inner: Node) -> bool:
    """Whether every request that fits the conditions of `inner` fits those of `outer` too. Raises `Undecided`."""
    conditions = list(outer.each("condition"))
    return bool(conditions) and every(*(partial(_is_implied, condition, inner) for condition in conditions))


def words(rule: Node) -> str:
    """The conditions as text: `path_pattern /api/*, host_header a.example.com`."""
    return ", ".join(
        f"{kind} {' or '.join(sorted(_shown(value) for value in _values(condition, kind)))}"
        for condition in rule.each("condition")
        for kind in _KINDS
        if condition.at(kind).present
    )


def matches_all_of(pattern: str, text: str) -> bool:
    """Whether a pattern (`*` any text, `?` any character) fits everything that another pattern fits; a plain text fits itself."""
    row = [True] + [False] * len(text)
    for sign in pattern:
        before, row = row, [sign == "*" and row[0]] + [False] * len(text)
        for at, other in enumerate(text, 1):
            if sign == "*":
                row[at] = before[at] or row[at - 1] or before[at - 1]
            else:
                row[at] = before[at - 1] and (sign == other or (sign == "?" and other != "*"))
    return row[-1]


def _owners(rule: Resource, graph: Graph) -> tuple[object, ...]:
    arn = rule.at("listener_arn")
    found: tuple[object, ...] = graph.targets(arn, *LISTENERS.split())
    if found or not isinstance(arn.data, str):
        return found
    return (arn.data,)


@per_graph
def _by_listener(graph: Graph) -> Mapping[object, list[Resource]]:
    found: dict[object, list[Resource]] = defaultdict(list)
    for rule in graph.of(*RULES.split()):
        for owner in _owners(rule, graph):
            found[owner].append(rule)
    return found


def _is_implied(condition: Node, inner: Node) -> bool:
    """Whether a rule has a condition of the same kind that is at least as strict."""
    kinds = [kind for kind in _KINDS if condition.at(kind).present]
    return len(kinds) == 1 and some(*(partial(_is_stricter, other, condition, kinds[0]) for other in inner.each("condition")))


def _is_stricter(strict: Node, wide: Node, kind: str) -> bool:
    if strict.at(kind).missing:
        return False
    if kind == "http_header" and _lower(strict.at("http_header.http_header_name")) != _lower(wide.at("http_header.http_header_name")):
        return False
    ours, theirs = list(_values(strict, kind)), list(_values(wide, kind))
    return bool(ours) and every(*(partial(_is_among, value, theirs, kind) for value in ours))


def _is_among(value: Node, others: list[Node], kind: str) -> bool:
    return some(*(partial(_fits, other, value, kind) for other in others))


def _fits(wide: Node, strict: Node, kind: str) -> bool:
    if kind == "query_string":
        key = wide.at("key")
        return every(
            lambda: not given(key) or (given(strict.at("key")) and _text_fits(key, strict.at("key"))),
            lambda: _text_fits(wide.at("value"), strict.at("value")),
        )
    if kind == "source_ip":
        return covers(wide.text, strict.text)
    if kind == "path_pattern":
        return matches_all_of(wide.text or "", strict.text or "")
    return _text_fits(wide, strict)


def _text_fits(wide: Node, strict: Node) -> bool:
    return matches_all_of(_lower(wide), _lower(strict))


def _values(condition: Node, kind: str) -> Iterator[Node]:
    return condition.each(kind) if kind == "query_string" else condition.each(f"{kind}.values")


def _shown(value: Node) -> str:
    if isinstance(value.data, dict):
        return f"{_shown(value.at('key'))}={_shown(value.at('value'))}"
    return value.data if isinstance(value.data, str) else "?"


def _lower(node: Node) -> str:
    return (node.text or "").lower()
