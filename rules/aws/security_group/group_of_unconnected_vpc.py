"""A security group rule refers to a group of a VPC that is not connected.

## Why it matters
A rule can name a group of its own VPC, of a peered one, or of one on the same transit gateway. AWS refuses any other; once the
connection is deleted the rule stays as a stale one, admits nobody, and makes the review believe that somebody is admitted.

## Five whys
1. Why is the client refused although a rule names its group? The rule admits nobody.
2. Why not? The group belongs to a VPC that has no connection with this one.
3. Why was it written? The two groups have the same name in two environments, or the peering connection was removed.

## Fix now
`aws ec2 describe-stale-security-groups --vpc-id vpc-…` lists such rules. Refer to the group of the right VPC, or connect the VPCs first;
revoke the rule otherwise.

## Workaround
A rule for the address range of the client's subnets, when they come by another way.

## Prevent
Pass groups to modules by VPC, never look them up by name.

## Validate
`aws ec2 describe-stale-security-groups --vpc-id vpc-… --query 'StaleSecurityGroupSet'` prints an empty list.

## Bad
```hcl
resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "data" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_security_group" "app" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_security_group" "db" {
  vpc_id = aws_vpc.data.id
}

resource "aws_vpc_security_group_ingress_rule" "db" {
  security_group_id            = aws_security_group.db.id
  referenced_security_group_id = aws_security_group.app.id # finding
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}
```

## Good
```hcl
resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "data" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc_peering_connection" "shop_data" {
  vpc_id      = aws_vpc.shop.id
  peer_vpc_id = aws_vpc.data.id
  auto_accept = true
}

resource "aws_security_group" "app" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_security_group" "db" {
  vpc_id = aws_vpc.data.id

  ingress {
    protocol        = "tcp"
    from_port       = 5432
    to_port         = 5432
    security_groups = [aws_security_group.app.id]
  }
}
```
"""

from collections.abc import Iterator, Mapping

from auditor.sdk import Fail, Graph, Resource, Severity, rule
from auditor.views.cache import per_graph
from auditor.views.decide import exists, undecided
from auditor.views.index import first_open
from auditor.views.ingress import GROUPS, INBOUND, OUTBOUND, Opening, inbound, outbound
from auditor.views.network.vpc import Vpc, Vpcs, vpc_of

PEERING = "aws_vpc_peering_connection"
ATTACHMENT = "aws_ec2_transit_gateway_vpc_attachment"
ELSEWHERE, ALL = "", "*"
KINDS = " ".join(dict.fromkeys(f"{INBOUND} {OUTBOUND}".split()))


def both(resource: Resource, graph: Graph) -> Iterator[Opening]:
    yield from inbound(resource, graph)
    yield from outbound(resource, graph)


@rule(
    target=KINDS,
    each=both,
    severity=Severity.MEDIUM,
    symptoms=(r"InvalidGroup\.NotFound", r"two resources that belong to different networks"),
)
def check(opening: Opening, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if opening.kind != "group":
        return
    owners = (resource,) if resource.kind in GROUPS.split() else graph.targets(resource.at("security_group_id"), *GROUPS.split())
    for owner in owners:
        for peer in graph.targets(opening.peer, *GROUPS.split()):
            mine, theirs = vpc_of(owner, graph), vpc_of(peer, graph)
            if mine.same(theirs) is False and exists(peer) and not _connected(mine, theirs, graph):
                message = f"{peer.address.text} is in {theirs.words}, which is not connected with {mine.words}"
                yield Fail(opening.peer, message, expected="a group of this VPC, or of a connected one", related=(peer.body, theirs.where))


def _connected(one: Vpc, other: Vpc, graph: Graph) -> bool:
    """Whether a peering connection or a transit gateway may join two VPCs that are declared here."""
    peered = _peered(graph)
    for ends in (*peered.get(one.key, ()), *peered[ELSEWHERE]) if one.resource else peered[ALL]:
        if ends.may_hold(one) and ends.may_hold(other):
            return True
    attached = _attached(graph)
    if attached.may_hold(one) and attached.may_hold(other):
        return True
    if graph.gaps:
        raise undecided(one.where, graph.gaps[0])
    if found := first_open(graph, ("vpc_id", "peer_vpc_id"), (PEERING, ATTACHMENT)):
        raise undecided(found[1], f"it is not known what {found[0].address.text} joins")
    return False


@per_graph
def _peered(graph: Graph) -> Mapping[str, list[Vpcs]]:
    """The ends of each peering connection by the declared VPCs at them, by `ELSEWHERE` where one is not declared here, and by `ALL`."""
    found: dict[str, list[Vpcs]] = {ELSEWHERE: [], ALL: []}
    for peering in graph.of(PEERING):
        ends = [vpc_of(peering, graph, path) for path in ("vpc_id", "peer_vpc_id")]
        for key in {ALL, *(end.key if end.resource else ELSEWHERE for end in ends)}:
            found.setdefault(key, []).append(Vpcs.of(ends))
    return found


@per_graph
def _attached(graph: Graph) -> Vpcs:
    """The VPCs that are attached to transit gateways."""
    return Vpcs.of(vpc_of(it, graph) for it in graph.of(ATTACHMENT))
