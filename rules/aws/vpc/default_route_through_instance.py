"""The way to the internet leads through a single instance.

## Why it matters
A NAT instance is one machine with one network card: when it stops, is patched or runs out of connections, every private subnet behind
it loses the internet, and nothing takes over. A NAT gateway is redundant inside its zone and scales by itself.

## Five whys
1. Why can no private host reach the internet? Their default route leads to an instance that does not answer.
2. Why does nothing take over? A route names one instance.
3. Why an instance? It was cheaper than a NAT gateway when the VPC was small, or older than NAT gateways.

## Fix now
Create a NAT gateway in a public subnet of the same zone and move the route, which breaks open connections only:
`aws ec2 replace-route --route-table-id rtb-… --destination-cidr-block 0.0.0.0/0 --nat-gateway-id nat-…`.

## Workaround
Restart the instance and check that `source_dest_check` is off: `aws ec2 describe-instance-attribute --instance-id i-… --attribute
sourceDestCheck`. EC2 auto recovery (an alarm on `StatusCheckFailed_System` with the `recover` action) shortens the next outage.

## Prevent
One NAT gateway for each zone from the VPC module; a firewall appliance belongs behind a Gateway Load Balancer.

## Validate
`aws ec2 describe-route-tables --query "RouteTables[].Routes[?DestinationCidrBlock=='0.0.0.0/0'].[NatGatewayId,InstanceId]"` shows no
instance.

## Bad
```hcl
resource "aws_instance" "nat" {
  ami               = "ami-0123456789abcdef0"
  instance_type     = "t3.small"
  source_dest_check = false
}

resource "aws_route" "out" {
  route_table_id         = "rtb-0123456789abcdef0"
  destination_cidr_block = "0.0.0.0/0" # finding
  network_interface_id   = aws_instance.nat.primary_network_interface_id
}

resource "aws_route" "old" {
  route_table_id         = "rtb-0fedcba9876543210"
  destination_cidr_block = "0.0.0.0/0" # finding
  instance_id            = "i-0123456789abcdef0"
}
```

## Good
```hcl
resource "aws_route" "out" {
  route_table_id         = "rtb-0123456789abcdef0"
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = "nat-0123456789abcdef0"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Resource, Severity, rule
from auditor.views.decide import every
from auditor.views.routes import KINDS, Route, routers, routes


@rule(target=KINDS, each=routes, severity=Severity.MEDIUM, aliases="CKV2_AWS_35", symptoms=(r"NAT instance",))
def check(route: Route, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if every(lambda: route.default, lambda: _through_instance(route, graph)):
        yield Fail(route.where, "the default route leads through one instance", expected="nat_gateway_id")


def _through_instance(route: Route, graph: Graph) -> bool:
    card = route.target("network_interface_id")
    return route.target("instance_id") is not None or (
        card is not None and any(router.kind == "aws_instance" for router in routers(card, graph))
    )
