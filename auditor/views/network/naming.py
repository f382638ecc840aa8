"""What values name: what is declared here, what is only named, and what is not known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Facet, Resource
from auditor.model.value import MISSING, Ref, Unknown, Value
from auditor.views.cache import per_graph
from auditor.views.decide import undecided


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is not known, and why."""

    where: Node
    reason: str

    @property
    def undecided(self) -> Undecided:
        """What a rule raises that needs it."""
        return undecided(self.where, self.reason)


@dataclass(frozen=True, slots=True)
class Named:
    """What one or more values name.

    `elsewhere` are the texts of what is only named: an id that nothing here has, or the address of a data source. `gaps` say why there may
    be more.
    """

    declared: tuple[Resource, ...] = ()
    elsewhere: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @property
    def one(self) -> Resource | None:
        """The only thing that can be meant; None when it is not declared, or there are several."""
        return self.declared[0] if len(self.declared) == 1 and not self.elsewhere and not self.gaps else None

    def __bool__(self) -> bool:
        return bool(self.declared or self.elsewhere or self.gaps)

    def __or__(self, other: Named) -> Named:
        return Named(
            tuple(dict.fromkeys((*self.declared, *other.declared))),
            tuple(dict.fromkeys((*self.elsewhere, *other.elsewhere))),
            tuple(dict.fromkeys((*self.gaps, *other.gaps))),
        )


@dataclass(frozen=True, slots=True)
class Holders:
    """Which resources name which others at a path; `open` may name any."""

    by: dict[Resource, list[Resource]]
    by_text: dict[str, list[Resource]]
    open: tuple[tuple[Resource, Gap], ...]


def written(node: Node) -> bool:
    """Whether something is written, or may be."""
    return node.unknown or node.data not in (None, MISSING, "", [])


def holding(resource: Resource, attribute: str, separate: Iterable[Resource]) -> tuple[Resource, ...]:
    """Where the entries of a list stand: in the resource itself, and in resources of their own.

    A plan leaves open what nobody writes and the provider reports later: beside separate entries that is nothing of its own.
    """
    node, others = resource.at(attribute), tuple(separate)
    reported = resource.facet is Facet.PLANNED and node.unknown and not node.refs and others
    return others if reported else (resource, *others)


NOBODY: Final = Named()
_DEPTH = 5


def named(graph: Graph, nodes: Iterable[Node], *kinds: str) -> Named:
    """What values name, of these kinds."""
    found = NOBODY
    for node in nodes:
        one = _named(graph, node, kinds, 0)
        found = found | one if found else one
    return found


def _named(graph: Graph, node: Node, kinds: tuple[str, ...], depth: int) -> Named:
    data = node.data
    if isinstance(data, str):
        return _of_text(graph, node, data, kinds) if data else NOBODY
    if not isinstance(data, Unknown):
        return NOBODY
    followed = [_follow(graph, ref, kinds, depth) for ref in node.refs]
    declared = tuple(dict.fromkeys(it for found in followed for it in found.declared))
    elsewhere = tuple(dict.fromkeys(it for found in followed for it in found.elsewhere))
    gaps = tuple(dict.fromkeys(it for found in followed for it in found.gaps))
    if _APPLY not in data.reason and _READ not in data.reason:
        return Named(gaps=(*gaps, Gap(node, data.reason)))  # something else decides: it may be one of these, or none
    return Named(declared, elsewhere, gaps) if declared or elsewhere or gaps else Named(gaps=(Gap(node, data.reason),))


_APPLY: Final = "known only after the apply"
_READ: Final = "is read from the cloud"


def _of_text(graph: Graph, node: Node, text: str, kinds: tuple[str, ...]) -> Named:
    known = tuple(it for it in graph.targets(node, *kinds) if text in graph.names(it))
    if not known and node.refs:
        known = graph.targets(Node(Value(text)), *kinds)
    if known:
        return Named(known)
    return Named((), (text,))


def _follow(graph: Graph, ref: Ref, kinds: tuple[str, ...], depth: int) -> Named:
    """Through an attribute of another resource: `aws_instance.a.subnet_id` names what stands there."""
    targets = graph.find(ref.address)
    fitting = tuple(it for it in targets if it.kind in kinds)
    if fitting:
        return Named(fitting)
    found = NOBODY
    if depth < _DEPTH and ref.attribute:
        for target in targets:
            for inner in target.body.each(ref.attribute):
                found |= _named(graph, inner, kinds, depth + 1)
    is_data = ref.address.name.startswith("data.")
    return found or Named((), (ref.address.text if is_data else f"{ref.address.text}.{ref.attribute}",))


@per_graph
def holders(graph: Graph, path: str, targets: tuple[str, ...], *kinds: str) -> Holders:
    """The resources of `kinds` whose value at `path` names resources of the kinds `targets`; found once for each graph."""
    by: dict[Resource, list[Resource]] = defaultdict(list)
    by_text: dict[str, list[Resource]] = defaultdict(list)
    unsure: list[tuple[Resource, Gap]] = []
    for resource in graph.of(*kinds):
        found = named(graph, resource.body.each(path), *targets)
        for target in found.declared:
            by[target].append(resource)
        for text in found.elsewhere:
            by_text[text].append(resource)
        unsure += ((resource, gap) for gap in found.gaps[:1])
    return Holders(by, by_text, tuple(unsure))
