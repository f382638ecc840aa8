"""Everything that runs in a VPC stands in one availability zone.

## Why it matters
The VPC has subnets in several zones, and one zone carries the whole service. When it fails, as each zone does now and then for some
hours, nothing is left that could take over, and starting again elsewhere needs capacity that everybody wants at that moment.

## Five whys
1. Why was the service down for three hours? Its zone was.
2. Why did no other zone take over? Nothing ran there.
3. Why not, with subnets in three zones? Each resource was given the first subnet of the list.

## Fix now
Give groups and services all private subnets (`vpc_zone_identifier`, `network_configuration.subnets`) with at least two instances, and
the database a standby: `aws rds modify-db-instance --db-instance-identifier ID --multi-az --apply-immediately`.

## Workaround
During the outage: launch into another zone's subnet, and restore the database there from its last snapshot (`aws rds
restore-db-instance-to-point-in-time`).

## Prevent
Pass lists of subnets, never `subnets[0]`; try a failover twice a year.

## Validate
`aws ec2 describe-network-interfaces --filters Name=vpc-id,Values=vpc-… --query 'NetworkInterfaces[].AvailabilityZone' --output text |
xargs -n1 | sort | uniq -c` shows several zones.

## Bad
```hcl
resource "aws_vpc" "main" { # finding
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  for_each          = { a = "10.0.1.0/24", b = "10.0.2.0/24" }
  vpc_id            = aws_vpc.main.id
  cidr_block        = each.value
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.app["a"].id]
}

resource "aws_elasticache_subnet_group" "cache" {
  name       = "cache"
  subnet_ids = [aws_subnet.app["a"].id]
}

resource "aws_elasticache_cluster" "cache" {
  cluster_id        = "cache"
  subnet_group_name = aws_elasticache_subnet_group.cache.name
}
```

## Good
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  for_each          = { a = "10.0.1.0/24", b = "10.0.2.0/24" }
  vpc_id            = aws_vpc.main.id
  cidr_block        = each.value
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [for subnet in aws_subnet.app : subnet.id]
}

resource "aws_instance" "bastion" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.small"
  subnet_id     = aws_subnet.app["a"].id
}

resource "aws_vpc" "small" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "small" {
  vpc_id            = aws_vpc.small.id
  cidr_block        = "10.1.1.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_autoscaling_group" "small" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.small.id]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.database import non_production
from auditor.views.in_vpc import interfaces_in, subnets_in, unplaced
from auditor.views.network.interface import Interface
from auditor.views.network.vpc import VPCS, vpc

SERVICES = frozenset(
    {
        "aws_autoscaling_group",
        "aws_ecs_service",
        "aws_eks_node_group",
        "aws_elasticache_cluster",
        "aws_elasticache_replication_group",
        "aws_instance",
        "aws_lambda_function",
    }
)
"""What carries a service; of a database AWS chooses the zone out of its subnets."""
FEWEST = 2


@rule(target=" ".join(VPCS), severity=Severity.HIGH, confidence=Confidence.LIKELY)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if non_production(resource):
        return
    home = vpc(resource)
    offered = {it.zone for it in subnets_in(home, graph) if it.zone}
    standing = [it for it in (*interfaces_in(home, graph), *unplaced(graph)) if it.resource.kind in SERVICES]
    used = {_zone(it) for it in standing}
    carriers = list(dict.fromkeys(it.resource for it in standing))
    if len(offered) > 1 and len(used) == 1 and "" not in used and len(carriers) >= FEWEST and not any(map(non_production, carriers)):
        names = ", ".join(it.address.text for it in carriers[:3])
        more = f" and {len(carriers) - 3} more" if len(carriers) > 3 else ""
        message = f"{names}{more} all stand in {min(used)}, and the VPC has subnets in {', '.join(sorted(offered))}"
        yield Fail(body, message, expected="two zones or more", related=tuple(it.body for it in carriers[:3]))


def _zone(interface: Interface) -> str:
    """Its zone, empty when it is not known."""
    return interface.subnet.zone or "" if interface.subnet is not None else ""
