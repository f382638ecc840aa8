"""An Auto Scaling group spans one availability zone only.

## Why it matters
When the zone fails, all instances are gone, and the group cannot start new ones anywhere else. When the zone has no capacity for the
instance type, the group cannot grow.

## Five whys
1. Why is the whole service down in a zone failure? All of its instances were in that zone.
2. Why were no new ones started? The group knows no other zone.
3. Why not? It was given one subnet.

## Fix now
`aws autoscaling update-auto-scaling-group --auto-scaling-group-name NAME --vpc-zone-identifier subnet-A,subnet-B`: the group starts
instances in the second zone at once. The load balancer has to serve that zone too.

## Workaround
A second group in another zone, on the same target group.

## Prevent
Pass lists of subnets in two or three zones; a singleton with a volume in one zone is the only good reason, and is suppressed with it.

## Validate
`aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names NAME --query 'AutoScalingGroups[].AvailabilityZones'` prints
two or more.

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0123456789abcdef0"] # finding
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
}

resource "aws_autoscaling_group" "singleton" {
  min_size            = 1
  max_size            = 1
  vpc_zone_identifier = ["subnet-0123456789abcdef0"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import length
from auditor.views.scaling.group import GROUP, zones


@rule(target=GROUP, severity=Severity.MEDIUM, confidence=Confidence.FIRM, aliases="FG_R00014")
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if group.at("max_size").number == 1:
        return
    known, subnets = zones(resource, graph), group.at("vpc_zone_identifier")
    node = subnets if subnets.present else group.at("availability_zones")
    count = length(node)
    if count == 1 or (count > 1 and known is not None and len(known) == 1):
        yield Fail(node, "all instances of the group are in one zone", expected="two zones or more")
