"""Virtual networks: their ranges, their gateways, and which of two things are in the same one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Facet, Resource
from auditor.views.cache import per_graph
from auditor.views.iam.truth import Truth
from auditor.views.network.blocks import block_of
from auditor.views.network.naming import Gap, Named, holders, named, written
from auditor.views.network.packets import Interval

VPCS: Final = ("aws_vpc", "aws_default_vpc")


@dataclass(frozen=True, slots=True)
class Vpc:
    """A VPC by the name that the graph has for it: declared, or only named (`key` is then its id, or the address of a data source)."""

    key: str
    resource: Resource | None
    where: Node = field(compare=False)
    """What names it."""
    gaps: tuple[Gap, ...] = field(default=(), compare=False)

    @property
    def words(self) -> str:
        """Its name for people."""
        return self.key or "a VPC that is not known"

    def same(self, other: Vpc) -> Truth:
        """Whether both are the same VPC."""
        if self.key and self.key == other.key:
            return True
        if self.resource is not None and other.resource is not None:
            return False
        both = (self.resource, other.resource)
        if self.key and other.key and both == (None, None) and self.key[:4] == other.key[:4] == "vpc-":
            return False
        return None


@dataclass(frozen=True, slots=True)
class Vpcs:
    """Some VPCs, to ask whether another one is among them."""

    keys: frozenset[str]
    declared: bool
    """Whether there is a declared one."""
    named: bool
    """Whether there is one that is not declared, but has an id."""
    vague: bool
    """Whether there is one of which not even the id is known."""

    @staticmethod
    def of(these: Iterable[Vpc]) -> Vpcs:
        """Those VPCs."""
        found = frozenset(these)
        others = [it for it in found if it.resource is None]
        named = [it for it in others if it.key.startswith("vpc-")]
        return Vpcs(frozenset(it.key for it in found if it.key), len(others) < len(found), bool(named), len(named) < len(others))

    def may_hold(self, one: Vpc) -> bool:
        """Whether a VPC is among them, or may be; see `Vpc.same`."""
        if one.key in self.keys or self.vague:
            return True
        if one.resource is not None:
            return self.named
        return self.declared or (self.named and not one.key.startswith("vpc-"))


@per_graph
def vpc_of(holder: Resource, graph: Graph, path: str = "vpc_id") -> Vpc:
    """The VPC that a resource names; a default subnet is in the default VPC."""
    if holder.kind == "aws_default_subnet" and not written(holder.at(path)):
        defaults = graph.of("aws_default_vpc")
        return (
            vpc(defaults[0])
            if len(defaults) == 1
            else Vpc("the default VPC", None, holder.body, (Gap(holder.body, "the default VPC is not declared here"),))
        )
    return vpc_named(named(graph, holder.body.each(path), *VPCS), holder.at(path))


def vpc_named(found: Named, where: Node) -> Vpc:
    """The VPC that a value was found to name."""
    if found.one is not None:
        return vpc(found.one)
    if len(found.elsewhere) == 1 and not found.declared and not found.gaps:
        return Vpc(found.elsewhere[0], None, where, (Gap(where, f"{found.elsewhere[0]} is not declared here"),))
    return Vpc("", None, where, found.gaps or (Gap(where, "which VPC it is in is not known"),))


def vpc(resource: Resource) -> Vpc:
    """A declared VPC."""
    return Vpc(resource.address.text, resource, resource.body)


@per_graph
def ranges(one: Vpc, graph: Graph, family: int) -> tuple[tuple[Interval, ...], tuple[Gap, ...]]:
    """The address blocks of a VPC, and why there may be more."""
    if one.resource is None:
        return (), one.gaps
    attribute = "cidr_block" if family == 4 else "ipv6_cidr_block"
    more = "aws_vpc_ipv4_cidr_block_association" if family == 4 else "aws_vpc_ipv6_cidr_block_association"
    nodes = [one.resource.at(attribute)]
    nodes += [it.at(attribute) for it in holders(graph, "vpc_id", VPCS, more).by.get(one.resource, ())]
    found, gaps = [], []
    if one.resource.kind == "aws_default_vpc" and family == 4 and not written(nodes[0]):
        found.append(_DEFAULT_RANGE)
    for node in nodes:
        if node.unknown or isinstance(node.data, str):
            block = block_of(node, graph, family)
            if block.addresses is not None and block.family == family:
                found.append(block.addresses)
            elif node.data:
                gaps.append(Gap(node, block.reason))
    if family == 6 and one.resource.at("assign_generated_ipv6_cidr_block").data is True and not found:
        gaps.append(Gap(one.resource.body, "its IPv6 range is known only after the apply"))
    if family == 4 and not found and not gaps:
        gaps.append(Gap(one.resource.body, "its range is known only after the apply"))
    return tuple(found), tuple(gaps)


_DEFAULT_RANGE: Final = (0xAC1F0000, 0xAC1FFFFF)
"""172.31.0.0/16: of every default VPC."""


@dataclass(frozen=True, slots=True)
class Gateway:
    """What a VPC has of a kind of gateway: the resource, or why that is not known."""

    truth: Truth
    resource: Resource | None = None
    gaps: tuple[Gap, ...] = ()


@per_graph
def internet_gateway(one: Vpc, graph: Graph) -> Gateway:
    """The internet gateway that is attached to a VPC."""
    if one.resource is None:
        for kind in ("aws_internet_gateway", "aws_internet_gateway_attachment"):
            for resource in graph.of(kind):
                if one.key and one.same(vpc_of(resource, graph)):
                    return Gateway(True, resource)
        return Gateway(None, None, one.gaps)
    kinds = ("aws_internet_gateway", "aws_internet_gateway_attachment")
    index = holders(graph, "vpc_id", VPCS, *kinds)
    if found := index.by.get(one.resource):
        return Gateway(True, found[0])
    if one.resource.kind == "aws_default_vpc":
        return Gateway(True, one.resource)  # AWS makes default VPCs with one
    if index.open:
        return Gateway(None, None, tuple(gap for _, gap in index.open[:1]))
    if one.resource.facet is Facet.RUNNING and not any(graph.of(kind) for kind in kinds):
        return Gateway(None, None, (Gap(one.resource.body, "no internet gateway was read"),))
    if gap := graph.gap_for(one.resource):
        return Gateway(None, None, (Gap(one.resource.body, gap),))
    return Gateway(False)
