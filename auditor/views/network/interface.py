"""Network interfaces: one for each resource and subnet that it stands in, as a template of the real ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.cache import per_graph
from auditor.views.iam.truth import Truth
from auditor.views.network import launched, public
from auditor.views.network.groups import NO_GROUPS, Groups, groups_of, standard
from auditor.views.network.kinds import ANY_CLIENT, KINDS, Kind
from auditor.views.network.naming import Gap, Named, holders, named, written
from auditor.views.network.packets import Interval
from auditor.views.network.subnet import SUBNETS, Subnet, subnet_of
from auditor.views.network.vpc import Vpc


@dataclass(frozen=True, slots=True)
class Interface:
    """One interface; `subnet` is None when it is not known, or not declared, in which subnet it stands."""

    resource: Resource
    subnet: Subnet | None
    groups: Groups
    public: Truth
    """Whether it has an IPv4 address of the internet."""
    ipv6: Truth
    where: Node = field(compare=False)
    """What puts it into its subnet."""
    router: Truth = False
    """Whether it may pass on what is not its own (the source/destination check is off)."""
    client: Interval = ANY_CLIENT
    """The ports from which it opens connections."""
    addresses: tuple[tuple[int, Interval], ...] = ()
    """Its private addresses as far as they are fixed, by IP family."""
    gaps: tuple[Gap, ...] = field(default=(), compare=False)

    @property
    def vpc(self) -> Vpc | None:
        """Its VPC."""
        return self.subnet.vpc if self.subnet is not None else None

    @property
    def words(self) -> str:
        """Its name for people."""
        return self.resource.address.text

    def has(self, family: int) -> Truth:
        """Whether the internet can address it."""
        return self.public if family == 4 else self.ipv6


@per_graph
def ends(graph: Graph, resource: Resource) -> tuple[Interface, ...]:
    """The interfaces of a resource, one for each subnet; none for a resource that stands in no VPC."""
    kind = KINDS.get(resource.kind)
    if kind is None or not _in_a_vpc(resource, kind):
        return ()
    if carried := _carried(resource, graph):
        return carried
    return tuple(_made(resource, kind, graph))


def interfaces(graph: Graph) -> tuple[Interface, ...]:
    """All interfaces of the graph."""
    return tuple(it for resource in graph.of(*sorted(KINDS)) for it in ends(graph, resource))


def _in_a_vpc(resource: Resource, kind: Kind) -> bool:
    if resource.kind == "aws_vpc_endpoint":
        node = resource.at("vpc_endpoint_type")
        return node.unknown or node.data in _WITH_INTERFACES
    if not kind.needs:
        return True
    node = resource.at(kind.needs)
    return written(node)


_WITH_INTERFACES: Final = ("Interface", "GatewayLoadBalancer")


def _carried(resource: Resource, graph: Graph) -> tuple[Interface, ...]:
    """An instance that is given interfaces: it stands where they do."""
    if resource.kind not in launched.INSTANCES:
        return ()
    nodes = [
        *resource.body.each("network_interface.network_interface_id"),
        *resource.body.each("primary_network_interface.network_interface_id"),
    ]
    found = named(graph, nodes, "aws_network_interface")
    return tuple(
        Interface(resource, it.subnet, it.groups, _either(it.public, public.elastic(resource, graph)), it.ipv6, it.where, it.router,
                  launched.client(resource, graph), it.addresses, it.gaps)
        for card in found.declared for it in ends(graph, card)
    )  # fmt: skip


def _either(one: Truth, other: Truth) -> Truth:
    return True if True in (one, other) else None if None in (one, other) else False


def _made(resource: Resource, kind: Kind, graph: Graph) -> Iterator[Interface]:
    found, where = placed(resource, kind, graph)
    gaps = [*found.gaps, *(Gap(where, f"{text} is not declared here") for text in found.elsewhere)]
    for subnet in found.declared:
        stands = subnet_of(graph, subnet)
        yield _interface(resource, kind, stands, stands.vpc, where, graph, found.gaps)
    if gaps or not found.declared:
        yield _interface(resource, kind, None, None, where, graph, tuple(gaps) or (Gap(where, "its subnet is not known"),))


def placed(resource: Resource, kind: Kind, graph: Graph) -> tuple[Named, Node]:
    """The subnets of a resource, and the value that names them."""
    nodes = [node for path in kind.subnets for node in resource.body.each(path)]
    if nodes:
        return named(graph, nodes, *SUBNETS), nodes[0]
    if kind.group is not None:
        node = resource.at(kind.group.path)
        found = named(graph, [node], kind.group.kind)
        inner = [it for group in found.declared for it in group.body.each(kind.group.subnets)]
        gaps = (*found.gaps, *(Gap(node, f"the subnet group {text} is not declared here") for text in found.elsewhere))
        made = named(graph, inner, *SUBNETS) if inner else Named()
        return Named(made.declared, made.elsewhere, (*made.gaps, *gaps)), node
    if kind.owner is not None:
        owner = _owner(resource, kind, graph)
        if owner is not None:
            return placed(owner, KINDS[owner.kind], graph)
    more = holders(graph, "vpc_endpoint_id", ("aws_vpc_endpoint",), "aws_vpc_endpoint_subnet_association").by.get(resource, ())
    nodes = [it.at("subnet_id") for it in more]
    return (named(graph, nodes, *SUBNETS), nodes[0]) if nodes else (Named(), resource.body)


def _owner(resource: Resource, kind: Kind, graph: Graph) -> Resource | None:
    return named(graph, [resource.at(kind.owner[0])], kind.owner[1]).one if kind.owner is not None else None


def _interface(
    resource: Resource, kind: Kind, subnet: Subnet | None, vpc: Vpc | None, where: Node, graph: Graph, gaps: tuple[Gap, ...]
) -> Interface:
    return Interface(
        resource,
        subnet,
        _groups(resource, kind, vpc, graph),
        public.ipv4(resource, kind, subnet, graph),
        public.ipv6(resource, subnet, graph),
        where,
        launched.router(resource),
        launched.client(resource, graph) if resource.kind in launched.HOSTS else kind.client,
        public.fixed(resource),
        gaps,
    )


def _groups(resource: Resource, kind: Kind, vpc: Vpc | None, graph: Graph) -> Groups:
    if resource.kind == "aws_nat_gateway":
        return NO_GROUPS
    nodes = tuple(node for path in kind.groups for node in resource.body.each(path) if node.unknown or node.data)
    if resource.kind in ("aws_lb", "aws_alb") and resource.at("load_balancer_type").data in ("network", "gateway") and not nodes:
        return NO_GROUPS
    if resource.kind in ("aws_eks_cluster", "aws_eks_fargate_profile", "aws_eks_node_group"):
        return _of_cluster(resource, kind, nodes, vpc, graph)
    if resource.kind in launched.LAUNCHED:
        if (missing := launched.unseen(resource, graph)) is not None:
            return Groups(gaps=(Gap(missing, "the launch template is not declared here"),), open=True)
        nodes = launched.groups(resource, graph)
    if kind.owner is not None and (owner := _owner(resource, kind, graph)) is not None:
        return _groups(owner, KINDS[owner.kind], vpc, graph)
    attached = holders(graph, "network_interface_id", ("aws_network_interface", "aws_instance"), "aws_network_interface_sg_attachment")
    nodes = (*nodes, *(it.at("security_group_id") for it in attached.by.get(resource, ())))
    return groups_of(nodes, vpc, resource.body, graph)


def _of_cluster(resource: Resource, kind: Kind, nodes: tuple[Node, ...], vpc: Vpc | None, graph: Graph) -> Groups:
    """The group that EKS makes for a cluster: of its own interfaces, and of nodes that are launched without groups."""
    if resource.kind == "aws_eks_node_group":
        if (missing := launched.unseen(resource, graph)) is not None:
            return Groups(gaps=(Gap(missing, "the launch template is not declared here"),), open=True)
        if own := launched.groups(resource, graph):
            return groups_of(own, vpc, resource.body, graph)
    cluster = resource
    if resource.kind != "aws_eks_cluster":
        found = named(graph, [resource.at("cluster_name")], "aws_eks_cluster").one
        if found is None:
            return Groups(gaps=(Gap(resource.at("cluster_name"), "the cluster is not declared here"),), open=True)
        cluster = found
    further = groups_of(nodes, vpc, resource.body, graph) if nodes else Groups()
    return standard(cluster.address.text, further)
