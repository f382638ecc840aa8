"""Resources and what holds between them; built once, read-only."""

from __future__ import annotations

import enum
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from auditor.model.address import Address
from auditor.model.naming import names_of, texts_of
from auditor.model.node import Node, Undecided
from auditor.model.resource import Facet, Resource
from auditor.model.span import Span
from auditor.model.value import Unknown, Value


class Relation(enum.StrEnum):
    """What an edge says of its two ends."""

    REFERS = "refers"
    SELECTS = "selects"
    OWNS = "owns"
    TRUSTS = "trusts"
    ALLOWS = "allows"
    ROUTES = "routes"
    RUNS_ON = "runs_on"
    DEPLOYS = "deploys"


@dataclass(frozen=True, slots=True)
class Edge:
    """One relation between two resources, with the node that proves it."""

    source: Resource
    target: Resource
    relation: Relation
    because: Node = field(compare=False)

    @property
    def written(self) -> Span:
        """Where the source names the target; a value that the target gives was itself written there."""
        here, block = self.because.span, self.source.span
        if here.file == block.file and block.line <= here.line <= block.end_line:
            return here
        steps = self.source.history(self.because.path) if self.source.history and self.because.path else ()
        return steps[0].span if steps else here


Link: TypeAlias = "Callable[[Graph], Iterable[Edge]]"


class Graph:
    """The resources of one root module, or of everything that is deployed together.

    `gaps` says what is known to be missing from it (a module that could not be read): where there are gaps, the absence of
    a resource proves nothing. `context` are resources that others judge, and that these resources work on: they can be looked up.
    """

    def __init__(
        self, resources: Iterable[Resource], links: Sequence[Link] = (), gaps: Sequence[str] = (), context: Iterable[Resource] = ()
    ) -> None:
        self.resources: tuple[Resource, ...] = tuple(resources)
        self.context: tuple[Resource, ...] = tuple(context)
        self.gaps: tuple[str, ...] = tuple(gaps)
        self._links = tuple(links)
        self._names: dict[int, tuple[str, ...]] = {}
        self._kinds: dict[str, list[Resource]] = defaultdict(list)
        self._of: dict[tuple[str, ...], tuple[Resource, ...]] = {}
        self._addresses: dict[Address, list[Resource]] = defaultdict(list)
        for resource in (*self.resources, *self.context):
            self._kinds[resource.kind].append(resource)
            self._addresses[resource.address].append(resource)

    @property
    def kinds(self) -> frozenset[str]:
        """Every kind that occurs."""
        return frozenset(self._kinds)

    def only(self, facet: Facet) -> Graph:
        """The graph of one facet's resources."""
        return Graph((r for r in self.resources if r.facet is facet), self._links, self.gaps, self.context)

    def of(self, *kinds: str) -> tuple[Resource, ...]:
        """The resources of these kinds, in their order in the graph."""
        found = self._of.get(kinds)
        if found is None:
            found = self._of[kinds] = tuple(resource for kind in kinds for resource in self._kinds.get(kind, ()))
        return found

    def find(self, address: Address) -> tuple[Resource, ...]:
        """The resources of that address: one for each facet, or for each instance when the address has no index."""
        found = self._addresses.get(address)
        if found:
            return tuple(found)
        return tuple(self._instances.get(address.text, ()))

    @cached_property
    def _instances(self) -> dict[str, list[Resource]]:
        found: dict[str, list[Resource]] = defaultdict(list)
        for resource in self.resources:
            text = resource.address.text
            if text.endswith("]"):
                found[text[: _index_start(text)]].append(resource)
        return found

    # -- references

    def targets(self, node: Node, *kinds: str) -> tuple[Resource, ...]:
        """The resources of these kinds (of any when none are named) that a value names.

        Those that it was made from; where nobody remembers that (states, live data), those of that id, ARN or name: kinds are needed then.
        """
        found: dict[Resource, None] = {}
        for ref in node.refs:
            for resource in self.find(ref.address):
                if not kinds or resource.kind in kinds:
                    found[resource] = None
        if not found and kinds:
            for text in texts_of(node):
                found.update(dict.fromkeys(self.called(text, *kinds)))
        return tuple(found)

    def called(self, text: str, *kinds: str) -> tuple[Resource, ...]:
        """The resources of these kinds with that id, ARN or name."""
        return tuple(found for kind in kinds for found in self._named(kind).get(text, ()))

    def _named(self, kind: str) -> Mapping[str, list[Resource]]:
        """The resources of a kind by each of the texts that name them."""
        known: dict[str, dict[str, list[Resource]]] = self.__dict__.setdefault("_named_cache", {})
        if kind not in known:
            made: dict[str, list[Resource]] = defaultdict(list)
            known[kind] = made
            for resource in self.of(kind):
                for name in self.names(resource):
                    made[name].append(resource)
        return known[kind]

    def attached(self, resource: Resource, path: str, *kinds: str) -> tuple[Resource, ...]:
        """The resources of these kinds whose value at `path` names `resource`: by reference, by id, by ARN or by name.

        Raises `Undecided` when there are none, but one of them names something unknown, part of the graph is missing, or nobody has
        read such resources from the account (there is not a single one).
        """
        found = self.naming(resource, path, *kinds)
        if not found:
            if unclear := self.unclear(path, *kinds):
                raise Undecided(unclear)
            reason = self.gap_for(resource)
            if resource.facet is Facet.RUNNING and not self.of(*kinds):
                reason = f"no {' or '.join(kinds)} was read"
            if reason:
                raise Undecided(Node(Value(Unknown(reason), resource.body.value_.place), path))
        return found

    def naming(self, resource: Resource, path: str, *kinds: str) -> tuple[Resource, ...]:
        """The resources of these kinds that are seen to name `resource` at `path`; there may be others, see `attached`."""
        index = self._attachments(path, kinds)
        found: dict[Resource, None] = dict.fromkeys(index.by_ref.get((resource.root, resource.address), ()))
        for name in self.names(resource):
            found.update(dict.fromkeys(index.by_name.get(name, ())))
        return tuple(found)

    def unclear(self, path: str, *kinds: str) -> Node | None:
        """The first value at `path` of these kinds that may name anything: unknown, and made from nothing that is known."""
        return next(iter(self._attachments(path, kinds).unknown), None)

    def gap_for(self, resource: Resource) -> str:
        """Which missing part of the graph may name `resource`, in words; empty when none can.

        A module that could not be read knows of its callers what its call gives to it, and nothing else.
        """
        names = self.names(resource)
        for gap, mentioned in self._gap_mentions:
            if mentioned is None or resource.address.text in mentioned or any(name in mentioned for name in names):
                return gap
        return ""

    @cached_property
    def _gap_mentions(self) -> tuple[tuple[str, frozenset[str] | None], ...]:
        """(gap, the addresses and texts that it was given; None when that is not known)."""
        found = []
        for gap in self.gaps:
            calls = self._addresses.get(Address("tf", gap.partition(" ")[0]), [])
            given = frozenset(text for call in calls for text in _mentions(call.body.value_, 0)) if calls else None
            found.append((gap, given))
        return tuple(found)

    def names(self, resource: Resource) -> tuple[str, ...]:
        """The texts that other resources may use to name this one: its id, ARN and name, as far as they are known."""
        known = self._names.get(id(resource))  # the graph keeps its resources: no other one can get this id
        if known is None:
            known = self._names[id(resource)] = names_of(resource)
        return known

    def _attachments(self, path: str, kinds: tuple[str, ...]) -> _Attachments:
        cache = self.__dict__.setdefault("_attachment_cache", {})
        key = (path, kinds)
        if key not in cache:
            cache[key] = _attachments(self, path, kinds)
        found: _Attachments = cache[key]
        return found

    # -- edges

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """All edges, by source and path."""
        found = {(e.source, e.target, e.relation, e.because.path): e for link in self._links for e in link(self)}
        return tuple(found[key] for key in sorted(found, key=lambda k: (k[0].root, k[0].address, k[3], k[1].address, k[2])))

    @cached_property
    def _out(self) -> dict[Resource, list[Edge]]:
        found: dict[Resource, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            found[edge.source].append(edge)
        return found

    @cached_property
    def _into(self) -> dict[Resource, list[Edge]]:
        found: dict[Resource, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            found[edge.target].append(edge)
        return found

    def out(self, resource: Resource, *relations: Relation) -> tuple[Edge, ...]:
        """The edges that start at `resource`."""
        return tuple(e for e in self._out.get(resource, ()) if not relations or e.relation in relations)

    def into(self, resource: Resource, *relations: Relation) -> tuple[Edge, ...]:
        """The edges that end at `resource`."""
        return tuple(e for e in self._into.get(resource, ()) if not relations or e.relation in relations)

    def dependents(self, resource: Resource) -> Iterator[tuple[Resource, tuple[Edge, ...]]]:
        """What depends on `resource`, nearest first, each with the edges that lead from it to `resource`."""
        seen = {resource}
        queue: deque[tuple[Resource, tuple[Edge, ...]]] = deque([(resource, ())])
        while queue:
            here, way = queue.popleft()
            for edge in self.into(here):
                if edge.source not in seen:
                    seen.add(edge.source)
                    step = (edge.source, (edge, *way))
                    yield step
                    queue.append(step)


def _mentions(value: Value, depth: int) -> Iterator[str]:
    """The addresses that a value was made from, and the texts in it."""
    for ref in value.marks.refs:
        text = ref.address.text
        yield text
        if text.endswith("]"):
            yield text[: _index_start(text)]
    if isinstance(value.data, str):
        yield value.data
    elif depth < _MAX_DEPTH and isinstance(value.data, (dict, list)):
        for item in value.data.values() if isinstance(value.data, dict) else value.data:
            yield from _mentions(item, depth + 1)


_MAX_DEPTH = 12


@dataclass(frozen=True, slots=True)
class _Attachments:
    by_ref: dict[tuple[str, Address], list[Resource]]
    by_name: dict[str, list[Resource]]
    unknown: tuple[Node, ...]


def _attachments(graph: Graph, path: str, kinds: tuple[str, ...]) -> _Attachments:
    by_ref: dict[tuple[str, Address], list[Resource]] = defaultdict(list)
    by_name: dict[str, list[Resource]] = defaultdict(list)
    unknown: list[Node] = []
    for resource in graph.of(*kinds):
        for node in resource.body.each(path):
            refs = node.refs
            targets = [target for ref in refs for target in graph.find(ref.address)]
            for target in targets:
                by_ref[target.root, target.address].append(resource)
            if isinstance(node.data, str):
                if not any(node.data in graph.names(target) for target in targets):
                    by_name[node.data].append(resource)
            elif node.unknown and not refs:
                unknown.append(node)
    return _Attachments(by_ref, by_name, tuple(unknown))


def _index_start(text: str) -> int:
    if not text.endswith('"]'):
        return text.rindex("[")
    start = len(text) - 2
    while (start := text.rindex('["', 0, start)) and text.count('"', start + 2, len(text) - 2) != text.count('\\"', start + 2):
        continue
    return start
