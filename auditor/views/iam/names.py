"""ARNs of resources, put together from what is written of them where the cloud has not told yet, and the resources behind ARNs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from auditor.model.graph import Graph
from auditor.model.resource import Facet, Resource
from auditor.model.value import Ref
from auditor.views.iam.arn_index import ArnIndex
from auditor.views.iam.arns import ARNS, BEHIND, IDS
from auditor.views.iam.clause import Compiled
from auditor.views.iam.hole import HOLE, blurred, has_hole, named_hole
from auditor.views.iam.pattern import ANY, ONE, Resolve, matches, raw
from auditor.views.iam.request import account_of
from auditor.views.iam.truth import Truth, disj
from auditor.views.policy import Policy
from auditor.views.region import region

T = TypeVar("T")

_NAMED = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, eq=False)
class Names:
    """The names in one graph, in an account and a region; what is not known of either is a hole.

    `beside` are other graphs in which the same resources may be known better: a state beside the code.
    """

    graph: Graph
    account: str = HOLE
    region: str = HOLE
    beside: tuple[Graph, ...] = ()
    _made: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _indexes: dict[str, ArnIndex] = field(default_factory=dict)
    _called: dict[str, Mapping[str, list[Resource]]] = field(default_factory=dict)
    _kept: dict[tuple[object, ...], Any] = field(default_factory=dict)

    @cached_property
    def resolve(self) -> Resolve:
        """What is known of the attributes that policies are made from."""
        return self.attribute

    def arn(self, resource: Resource) -> str:
        """The ARN of a resource, with holes for what is not known; only a hole for a kind whose ARN is not in the table."""
        return self._text(resource, "arn", lambda: self._known(resource, "arn") or self._composed(resource))

    def _text(self, resource: Resource, name: str, make: Callable[[], str]) -> str:
        key = resource.root, resource.address.text, name
        if key not in self._made:
            self._made[key] = HOLE  # what is made from itself is not known
            self._made[key] = make()
        return self._made[key]

    def _hole(self, resource: Resource, name: str) -> str:
        return named_hole(resource.root, resource.address.text, name)

    def region_of(self, resource: Resource) -> str:
        """The region of a resource; where providers differ, a hole that all which one provider of one module makes have in common."""
        if self.region != HOLE:
            return self.region
        if found := region(resource, self.graph):
            return found
        if resource.facet is not Facet.WRITTEN:
            return self._hole(resource, "region")
        return named_hole("region", resource.root, str(resource.address.module), str(resource.meta.at("provider").data))

    def _looked_up_region(self, ref: Ref) -> str:
        return next(map(self.region_of, self.graph.find(ref.address)), self.region)

    def attribute(self, ref: Ref) -> str | None:
        """The text of an attribute, with holes for what is not known; None when nothing is."""
        kind = ref.address.name
        for prefix, text in (
            ("data.aws_caller_identity.", self.account),
            ("data.aws_partition.", "aws"),
            ("data.aws_region.", self._looked_up_region(ref)),
        ):
            if kind.startswith(prefix):
                return "amazonaws.com" if ref.attribute == "dns_suffix" else text
        for resource in self.graph.find(ref.address):
            return self._attribute(resource, ref.attribute)
        return None

    def _attribute(self, resource: Resource, name: str) -> str:
        if name in ("arn", "bucket_arn") or (name == "id" and IDS.get(resource.kind) == "arn"):
            return self.arn(resource)
        if name == "id":
            known = self._known(resource, "id")
            stands_for = IDS.get(resource.kind, "name")
            return known or (self._field(resource, stands_for) if stands_for else self._hole(resource, name))
        if name in BEHIND:
            return self._known(resource, name) or self.arn(resource) + BEHIND[name].format(hole=self._hole(resource, name))
        if name == "unique_id":
            return self._hole(resource, name)
        return self._field(resource, name)

    def _known(self, resource: Resource, name: str) -> str | None:
        """A value that this graph, or one beside it, knows."""
        same = [resource, *(other for graph in self.beside for other in graph.find(resource.address))]
        return next((found for one in same if isinstance(found := one.at(name).data, str) and found), None)

    def _composed(self, resource: Resource) -> str:
        form = ARNS.get(resource.kind)
        return self._hole(resource, "arn") if form is None else "arn:aws:" + _NAMED.sub(lambda found: self._field(resource, found[1]), form)

    def _field(self, resource: Resource, name: str) -> str:
        if name in _MADE:
            return _MADE[name](self, resource)
        return self._text(resource, f".{name}", lambda: self._read(resource, name))

    def _read(self, resource: Resource, name: str) -> str:
        known = self._known(resource, name)
        if known is not None:
            return known
        node = resource.at(name)
        if node.unknown:
            return raw(node, self.attribute).replace(HOLE, self._hole(resource, name))
        prefix = self._known(resource, f"{name}_prefix")
        return f"{prefix or ''}{self._hole(resource, name)}"

    def once(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """What `make` returns, made once for each key."""
        if key not in self._kept:
            self._kept[key] = make()
        found: T = self._kept[key]
        return found

    def compiled(self, policy: Policy) -> Compiled:
        """A policy ready for requests, with what is known here; it keeps the policy, so that no other one gets its id."""
        return self.once(("compiled", id(policy)), lambda: Compiled(policy, self.resolve))

    # -- the other way

    def is_called(self, resource: Resource, name: str) -> Truth:
        """Whether a resource has a name; a name of which nothing at all is known is not taken for any."""
        known = self._field(resource, "name")
        return False if blurred(known) == HOLE else matches(known, name)

    def is_in(self, resource: Resource, account: str) -> Truth:
        """Whether a resource is in an account."""
        told = account_of(self.arn(resource)) or self.account
        return matches(told, account)

    def covers(self, resource: Resource, arn: str) -> Truth:
        """Whether an ARN is that of a resource, or of a part of it: an object, an index, a version."""
        base = self.arn(resource)
        if blurred(base).rpartition(":")[2] == HOLE:
            return False
        return disj(matches(base, arn), matches(f"{base}/{ANY}", arn), matches(f"{base}:{ANY}", arn))

    def find(self, arn: str) -> tuple[Resource, ...]:
        """The resources that an ARN certainly names: of an object, its bucket."""
        return tuple(resource for resource in self.like(arn) if self.covers(resource, arn))

    def like(self, arn: str) -> tuple[Resource, ...]:
        """The resources that an ARN may name; no other can."""
        service = arn.split(":")[2] if arn.count(":") >= 5 else ""
        if service not in self._indexes:
            kinds = [kind for kind, form in ARNS.items() if form.startswith(f"{service}:")]
            self._indexes[service] = ArnIndex.of((self.arn(resource), resource) for resource in self.graph.of(*kinds))
        return self._indexes[service].like(arn)

    def called(self, kind: str, name: str) -> tuple[Resource, ...]:
        """The resources of a kind that may have a name; no other can."""
        if kind not in self._called:
            found: dict[str, list[Resource]] = defaultdict(list)
            for resource in self.graph.of(kind):
                known = self._field(resource, "name")
                found["" if has_hole(known) else known].append(resource)
            self._called[kind] = found
        return (*self._called[kind].get(name, ()), *self._called[kind].get("", ()))


_MADE: Mapping[str, Callable[[Names, Resource], str]] = {
    "account": lambda names, _: names.account,
    "region": lambda names, resource: names.region_of(resource),
    "path": lambda names, resource: names._known(resource, "path") or "/",
    "bus": lambda names, resource: "" if (bus := names._known(resource, "event_bus_name")) in (None, "default") else f"{bus}/",
    "suffix": lambda *_: "-" + ONE * 6,
    "slash": lambda names, resource: "" if names._field(resource, "name").startswith("/") else "/",
    "url": lambda names, resource: (names._known(resource, "url") or names._hole(resource, "url")).removeprefix("https://"),
}
"""What stands in ARNs and is no attribute as it is."""
