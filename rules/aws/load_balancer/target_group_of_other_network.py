"""A target group is in another VPC than what registers in it.

## Why it matters
A target group takes instances of its own VPC only; AWS refuses others (`ValidationError: … are in different VPCs`), so the group,
service or attachment is not created, or gets no targets.

## Five whys
1. Why has the target group no targets? AWS refused to register them.
2. Why? They are in another VPC than the group.
3. Why? `vpc_id` of the target group was left when the workload moved to a new VPC.

## Fix now
Set `vpc_id` of the target group to the VPC of its targets. It cannot be changed in place: `create_before_destroy` with a new name, so
that listeners move over.

## Workaround
Targets in a peered VPC can be registered by address, in a group with `target_type = "ip"`.

## Prevent
Take `vpc_id`, subnets and security groups from one module's outputs.

## Validate
`aws elbv2 describe-target-groups --target-group-arns ARN --query 'TargetGroups[].VpcId'` prints the VPC of the targets;
`describe-target-health` lists them.

## Bad
```hcl
resource "aws_vpc" "old" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "new" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "app" {
  vpc_id     = aws_vpc.new.id
  cidr_block = "10.1.1.0/24"
}

resource "aws_lb_target_group" "web" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = aws_vpc.old.id # finding
}

resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = [aws_subnet.app.id]
  target_group_arns   = [aws_lb_target_group.web.arn]
}
```

## Good
```hcl
resource "aws_vpc" "old" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "new" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "app" {
  vpc_id     = aws_vpc.new.id
  cidr_block = "10.1.1.0/24"
}

resource "aws_lb_target_group" "web" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = aws_vpc.new.id
}

resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = [aws_subnet.app.id]
  target_group_arns   = [aws_lb_target_group.web.arn]
}

resource "aws_lb_target_group" "across" {
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.old.id
}

resource "aws_ecs_service" "across" {
  name = "across"

  network_configuration {
    subnets = [aws_subnet.app.id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.across.arn
    container_name   = "web"
    container_port   = 8080
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Profile, Resource, Severity, rule
from auditor.views.decide import exists, given
from auditor.views.load_balancer import TARGET_GROUPS
from auditor.views.network.chain import targets
from auditor.views.network.interface import ends
from auditor.views.network.vpc import vpc_of


@rule(
    target=TARGET_GROUPS,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=(r"are in different VPCs", r"not in the same VPC", r"is not in VPC"),
)
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    kind = group.at("target_type")
    if not given(group.at("vpc_id")) or (given(kind) and kind.text != "instance"):
        return  # addresses may be of a peered network
    home = vpc_of(resource, graph)
    for target in targets(graph, resource):
        for card in ends(graph, target.resource) if target.resource is not None else ():
            if card.vpc is not None and home.same(card.vpc) is False and target.resource is not None and exists(target.resource):
                message = f"the group is in {home.words}, and {target.resource.address.text} in {card.vpc.words}"
                yield Fail(group.at("vpc_id"), message, expected=card.vpc.words, related=(target.resource.body,))
                return
