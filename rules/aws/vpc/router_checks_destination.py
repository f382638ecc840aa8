"""A route leads to an instance that drops what is not for itself.

## Why it matters
EC2 drops every packet that arrives at an interface with another destination address, unless the check is off. A NAT instance, firewall
or VPN gateway with the check on is up, healthy, and forwards nothing.

## Five whys
1. Why does nothing come through the firewall? Its packets are dropped before they reach it.
2. Why? They are not addressed to it, and the interface checks that.
3. Why? `source_dest_check` is on, as it is for every interface that does not say otherwise.

## Fix now
`aws ec2 modify-network-interface-attribute --network-interface-id eni-… --no-source-dest-check` (or `modify-instance-attribute
--instance-id i-… --no-source-dest-check`): at once. Then `source_dest_check = false` in the code.

## Workaround
Point the route at a NAT gateway for the time being.

## Prevent
A module for routers that sets it; ordinary instances keep the check.

## Validate
`aws ec2 describe-network-interfaces --network-interface-ids eni-… --query 'NetworkInterfaces[].SourceDestCheck'` prints false.

## Bad
```hcl
resource "aws_network_interface" "firewall" {
  subnet_id = "subnet-0123456789abcdef0"
}

resource "aws_route" "out" {
  route_table_id         = "rtb-0123456789abcdef0"
  destination_cidr_block = "0.0.0.0/0"
  network_interface_id   = aws_network_interface.firewall.id # finding
}

resource "aws_instance" "nat" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.small"
}

resource "aws_route" "old" {
  route_table_id         = "rtb-0fedcba9876543210"
  destination_cidr_block = "0.0.0.0/0"
  network_interface_id   = aws_instance.nat.primary_network_interface_id # finding
}
```

## Good
```hcl
resource "aws_network_interface" "firewall" {
  subnet_id         = "subnet-0123456789abcdef0"
  source_dest_check = false
}

resource "aws_route" "out" {
  route_table_id         = "rtb-0123456789abcdef0"
  destination_cidr_block = "0.0.0.0/0"
  network_interface_id   = aws_network_interface.firewall.id
}

resource "aws_instance" "nat" {
  ami               = "ami-0123456789abcdef0"
  instance_type     = "t3.small"
  source_dest_check = false
}

resource "aws_route" "old" {
  route_table_id         = "rtb-0fedcba9876543210"
  destination_cidr_block = "0.0.0.0/0"
  network_interface_id   = aws_instance.nat.primary_network_interface_id
}

resource "aws_network_interface" "service" {
  subnet_id = "subnet-0123456789abcdef0"
}

resource "aws_route" "itself" {
  route_table_id         = "rtb-0aaaaaaaaaaaaaaaa"
  destination_cidr_block = "${aws_network_interface.service.private_ip}/32"
  network_interface_id   = aws_network_interface.service.id
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.routes import KINDS, Route, routers, routes

TARGETS = ("network_interface_id", "instance_id")
CARD, INSTANCE = "aws_network_interface", "aws_instance"


@rule(
    target=KINDS,
    each=routes,
    severity=Severity.HIGH,
    symptoms=(r"[Cc]onnection timed out", r"i/o timeout"),
)
def check(route: Route, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for name in TARGETS:
        target = route.target(name)
        for router in routers(target, graph) if target is not None else ():
            if router.kind == INSTANCE and router.at("network_interface").present:
                continue  # the interface says it, and the provider does not let the instance
            if router in graph.targets(route.destination, CARD, INSTANCE) or _is_at(router, route.destination):
                continue  # a route to its own address
            setting = router.at("source_dest_check")
            if setting.missing or setting.flag:
                message = f"{router.address.text} drops what is not for itself, and {route.destination.text} leads to it"
                yield Fail(target or route.where, message, expected="source_dest_check = false", related=(setting,))


def _is_at(router: Resource, destination: Node) -> bool:
    """Whether a destination is the private address of a router, as a state tells it."""
    address = router.at("private_ip").data
    return isinstance(address, str) and isinstance(destination.data, str) and destination.data.partition("/")[0] == address
