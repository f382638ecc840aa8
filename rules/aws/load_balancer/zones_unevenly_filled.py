"""A network load balancer gives equal shares to zones with unequal targets.

## Why it matters
Without cross-zone balancing each zone of the load balancer gets the same share of the clients. A zone without a target drops its share,
and the only target of a zone gets as much as all targets of another together.

## Five whys
1. Why do a third of the connections fail although every target is healthy? They go to a zone that has none.
2. Why does another zone not take them? Cross-zone balancing is off, as it is by default for this type.
3. Why has the zone no target? The group was spread over fewer zones than the load balancer.

## Fix now
`aws elbv2 modify-load-balancer-attributes --load-balancer-arn ARN --attributes Key=load_balancing.cross_zone.enabled,Value=true`: at once
and without an interruption. Traffic between zones is paid for.

## Workaround
Take the empty zone out of the load balancer, or bring the group into it: the same zones on both sides.

## Prevent
One list of zones for load balancer and targets.

## Validate
`aws elbv2 describe-target-health --target-group-arn ARN` counted by zone; `HealthyHostCount` by `AvailabilityZone` is the same everywhere.

## Bad
```hcl
resource "aws_subnet" "public" {
  for_each          = { a = "10.0.0.0/24", b = "10.0.1.0/24", c = "10.0.2.0/24" }
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = each.value
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_lb" "mqtt" {
  load_balancer_type = "network"
  subnets            = [for subnet in aws_subnet.public : subnet.id]
}

resource "aws_lb_listener" "mqtt" {
  load_balancer_arn = aws_lb.mqtt.arn
  port              = 8883
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.mqtt.arn
  }
}

resource "aws_lb_target_group" "mqtt" { # finding
  port     = 8883
  protocol = "TCP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_autoscaling_group" "mqtt" {
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = [aws_subnet.public["a"].id, aws_subnet.public["b"].id]
  target_group_arns   = [aws_lb_target_group.mqtt.arn]
}
```

```hcl
resource "aws_subnet" "public" {
  for_each          = { a = "10.0.0.0/24", b = "10.0.1.0/24" }
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = each.value
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_lb" "mqtt" {
  load_balancer_type = "network"
  subnets            = [for subnet in aws_subnet.public : subnet.id]
}

resource "aws_lb_listener" "mqtt" {
  load_balancer_arn = aws_lb.mqtt.arn
  port              = 8883
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.mqtt.arn
  }
}

resource "aws_lb_target_group" "mqtt" { # finding
  port     = 8883
  protocol = "TCP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_instance" "mqtt" {
  for_each      = { one = "a", two = "a", three = "b" }
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.small"
  subnet_id     = aws_subnet.public[each.value].id
}

resource "aws_lb_target_group_attachment" "mqtt" {
  for_each         = aws_instance.mqtt
  target_group_arn = aws_lb_target_group.mqtt.arn
  target_id        = each.value.id
}
```

## Good
```hcl
resource "aws_subnet" "public" {
  for_each          = { a = "10.0.0.0/24", b = "10.0.1.0/24" }
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = each.value
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_lb" "mqtt" {
  load_balancer_type = "network"
  subnets            = [for subnet in aws_subnet.public : subnet.id]
}

resource "aws_lb_listener" "mqtt" {
  load_balancer_arn = aws_lb.mqtt.arn
  port              = 8883
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.mqtt.arn
  }
}

resource "aws_lb_target_group" "mqtt" {
  port     = 8883
  protocol = "TCP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_autoscaling_group" "mqtt" {
  min_size            = 2
  max_size            = 5
  vpc_zone_identifier = [for subnet in aws_subnet.public : subnet.id]
  target_group_arns   = [aws_lb_target_group.mqtt.arn]
}

resource "aws_lb" "across" {
  load_balancer_type               = "network"
  enable_cross_zone_load_balancing = true
  subnets                          = [for subnet in aws_subnet.public : subnet.id]
}

resource "aws_lb_listener" "across" {
  load_balancer_arn = aws_lb.across.arn
  port              = 8883
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.across.arn
  }
}

resource "aws_lb_target_group" "across" {
  port     = 8883
  protocol = "TCP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_autoscaling_group" "across" {
  min_size            = 2
  max_size            = 5
  vpc_zone_identifier = [aws_subnet.public["a"].id]
  target_group_arns   = [aws_lb_target_group.across.arn]
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import given
from auditor.views.load_balancer import ATTACHMENTS, TARGET_GROUPS, balancer_type, balancers_of, subnets
from auditor.views.registered import Registered, registered
from auditor.views.subnet import beyond, zones


@rule(
    target=TARGET_GROUPS,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    options={"ratio": 1.5},  # our proposal
    symptoms=(r"ECONNREFUSED", r"[Cc]onnection (refused|timed out)"),
)
def check(group: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    sources = registered(resource, graph)
    for balancer in balancers_of(resource, graph) if sources else ():
        if balancer_type(balancer.body) != "network" or _crosses(balancer, resource):
            continue
        share, served = _share(sources), zones(subnets(balancer.body), graph)
        beyond(served, frozenset(share), group)
        counts = {zone: share.get(zone, 0) for zone in served}
        empty = sorted(zone for zone, count in counts.items() if not count)
        counted = all(source.resource.kind in ATTACHMENTS.split() for source in sources)  # elsewhere AWS decides how many are where
        if len(counts) > 1 and (empty or (counted and max(counts.values()) > options["ratio"] * min(counts.values()))):
            shown = ", ".join(f"{count} in {zone}" for zone, count in sorted(counts.items()))
            shown = f"there are {shown}" if counted else f"there are none in {', '.join(empty)}"
            message = f"{balancer.address.text} gives each zone the same share of the clients, and of the targets {shown}"
            yield Fail(group, message, expected="cross-zone balancing, or equal zones", related=(balancer.body, sources[0].resource.body))
            return


def _crosses(balancer: Resource, group: Resource) -> bool:
    """Whether targets of other zones are used; the group's own setting goes before that of the load balancer."""
    own = group.at("load_balancing_cross_zone_enabled")
    if given(own) and own.text != "use_load_balancer_configuration":
        return own.text == "true"
    return bool(balancer.at("enable_cross_zone_load_balancing").flag)


def _share(sources: tuple[Registered, ...]) -> dict[str, int]:
    """How many attachments, groups or services have targets in a zone."""
    found: dict[str, int] = {}
    for zone in (zone for source in sources for zone in source.zones):
        found[zone] = found.get(zone, 0) + 1
    return found
