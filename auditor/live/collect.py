"""Walk the types through a door: from replies to running resources."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from auditor.live import NOT_READ, Door, Refused
from auditor.live.source import Partial, value_of
from auditor.live.spec import Detail, Spec, parameters
from auditor.model.address import Address
from auditor.model.node import Node
from auditor.model.report import Skip
from auditor.model.resource import Facet, Resource
from auditor.model.running import EVERYWHERE, Running
from auditor.model.value import Unknown, Value

Names: TypeAlias = "Callable[[str], Collection[str] | None]"
"""A type's attributes and blocks, None when they are not known."""


def _any_name(kind: str) -> None:
    """Where no schema is at hand, a type may have any attribute."""


def collect(door: Door, specs: Iterable[Spec], root: str = ".", files: tuple[str, ...] = (), names: Names = _any_name) -> Running:
    """Every object of these types that the door shows. A refused call makes what it would have told unknown, never absent.

    An attribute that no call tells is unknown, as far as `names` says that the type has it.
    """
    known = {spec.kind: spec for spec in specs}
    walk = _Walk(door, known, root, names)
    for spec in known.values():
        for region in walk.regions(spec):
            walk.read(spec, region)
    return Running(
        tuple(sorted(walk.resources, key=lambda r: (r.kind, r.address, r.span))),
        {kind: spec.reading for kind, spec in known.items()},
        frozenset(walk.complete),
        walk.owners,
        tuple(Skip(*key) for key in sorted(walk.refused)),
        door.account,
        files,
    )


@dataclass
class _Walk:
    door: Door
    specs: Mapping[str, Spec]
    root: str
    names: Names
    resources: list[Resource] = field(default_factory=list)
    complete: set[tuple[str, str]] = field(default_factory=set)
    owners: dict[Address, str] = field(default_factory=dict)
    refused: dict[tuple[str, str], None] = field(default_factory=dict)
    listings: dict[tuple[str, str], tuple[list[Node], bool]] = field(default_factory=dict)

    def regions(self, spec: Spec) -> tuple[str, ...]:
        """Where to ask: a service without regions answers the same everywhere."""
        return (EVERYWHERE,) if spec.everywhere else self.door.regions

    def read(self, spec: Spec, region: str) -> None:
        items, complete = self.listing(spec, region)
        if complete:
            self.complete.add((spec.kind, region))
        seen: set[Address] = set()
        for item in items:
            resource = self.resource(spec, item, region)
            if resource.address not in seen:
                seen.add(resource.address)
                self.resources.append(resource)
                if spec.owner is not None and (owner := spec.owner(item)):
                    self.owners[resource.address] = owner

    def listing(self, spec: Spec, region: str) -> tuple[list[Node], bool]:
        """(the items of a type, whether they are all)."""
        key = (spec.kind, region)
        if key not in self.listings:
            self.listings[key] = self._listing(spec, region)
        return self.listings[key]

    def _listing(self, spec: Spec, region: str) -> tuple[list[Node], bool]:
        calls: list[tuple[Mapping[str, object], Node | None]] = [(spec.parameters, None)]
        complete = True
        if spec.each is not None:
            holders, complete = self.listing(self.specs[spec.each.kind], region)
            calls = [({**spec.parameters, **parameters(spec.each.parameters, holder)}, holder) for holder in holders]
        items: list[Node] = []
        for call, holder in calls:
            try:
                reply = self.call(spec.service, spec.operation, call, region)
            except Refused:
                complete = False
                continue
            if not isinstance(reply.at(spec.items).data, list):
                complete = False
            found = (_carrying(spec, item, holder) for item in _items(spec, reply) if isinstance(item.data, dict))
            items += [item for item in found if spec.where is None or spec.where(item)]
        return items, complete

    def call(self, service: str, operation: str, wanted: Mapping[str, object], region: str) -> Node:
        """The reply of a call; a refusal is remembered for the report, a reply that nobody fetched is not one."""
        try:
            if region or len(self.door.regions) == 1:
                return self.door.call(service, operation, wanted, region or self.door.regions[0])
            return self._anywhere(service, operation, wanted)
        except Refused as refusal:
            if refusal.code not in (NOT_READ, *self._absent(service, operation)):
                self.refused[refusal.span.file, f"{service}.{operation}: {refusal.code} {refusal.message}".strip()] = None
            raise

    def _anywhere(self, service: str, operation: str, wanted: Mapping[str, object]) -> Node:
        """The reply of a service without regions, whichever region it was asked in."""
        last = Refused(NOT_READ, f"there is no reply of {service}.{operation}")
        for region in self.door.regions:
            try:
                return self.door.call(service, operation, wanted, region)
            except Refused as refusal:
                last = refusal if last.code == NOT_READ else last
        raise last

    def _absent(self, service: str, operation: str) -> frozenset[str]:
        """The error codes of a call that say that there is nothing."""
        details = ((spec, detail) for spec in self.specs.values() for detail in spec.details if (detail.service or spec.service) == service)
        return frozenset(code for _, detail in details if detail.operation == operation for code in detail.absent)

    def resource(self, spec: Spec, item: Node, region: str) -> Resource:
        """The resource of an item, with what the other calls tell of it."""
        silent = f"the reply of {spec.service}.{spec.operation} does not have it"
        values = {name: value_of(source, item, silent) for name, source in spec.attributes.items()}
        for detail in spec.details:
            values.update(self._detail(spec, detail, item, region))
        place = item.value_.place
        body = Node(Value(Partial(values, place, f"it is not read from {spec.service}", self.names(spec.kind)), place))
        identity, arn = (body.at(name).data for name in ("id", "arn"))
        name = str(identity) if isinstance(identity, str | int) else item.path
        address = Address("aws", arn if isinstance(arn, str) and arn else f"aws:{spec.kind}:{name}")
        return Resource(address, spec.kind, Facet.RUNNING, body, place.span(), self.root, name)

    def _detail(self, spec: Spec, detail: Detail, item: Node, region: str) -> Iterator[tuple[str, Value]]:
        place = item.value_.place
        call = f"{detail.service or spec.service}.{detail.operation}"
        if detail.wanted is not None and not detail.wanted(item):
            yield from ((name, Value(None, place)) for name in detail.attributes)
            return
        try:
            reply = self.call(detail.service or spec.service, detail.operation, parameters(detail.parameters, item), region)
        except Refused as refusal:
            reason = f"{call} was not read" if refusal.code == NOT_READ else f"{call} was refused: {refusal.code}"
            gone: Value = Value(None if refusal.code in detail.absent else Unknown(reason), place)
            yield from ((name, gone) for name in detail.attributes)
            return
        part = detail.pick(reply, item) if detail.pick is not None else reply
        for name, source in detail.attributes.items():
            yield name, value_of(source, part, f"the reply of {call} does not have it")


def _items(spec: Spec, reply: Node) -> Iterator[Node]:
    for item in reply.each(spec.items):
        if spec.inner is None:
            yield item
        else:
            yield from spec.inner(item)


def _carrying(spec: Spec, item: Node, holder: Node | None) -> Node:
    if spec.each is None or holder is None or not spec.each.carry:
        return item
    own = dict(item.data.items())
    return Node(Value({**{name: holder.at(name).value_ for name in spec.each.carry}, **own}, item.value_.place), item.path)
