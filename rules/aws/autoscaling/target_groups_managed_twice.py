"""The targets of a group are registered in two ways that undo each other.

## Why it matters
`target_group_arns` of an auto scaling group means "these target groups and no others". The group therefore drops what an attachment
added, and the next apply adds it again: after every second deployment the load balancer has no targets and answers 503.

## Five whys
1. Why did the load balancer lose all targets after an apply that changed nothing? The group was detached from its target group.
2. Why? `target_group_arns` of the group does not list it, so Terraform took it away.
3. Why was it attached at all? An `aws_autoscaling_attachment` in another module does that.

## Fix now
`aws autoscaling attach-load-balancer-target-groups --auto-scaling-group-name NAME --target-group-arns ARN` brings the targets back at
once. Then keep one way: remove `target_group_arns`, or the attachment (`terraform state rm` first, so that it is not detached).

## Workaround
`lifecycle { ignore_changes = [target_group_arns, load_balancers] }` on the group, as the provider's documentation says.

## Prevent
The module that owns the group leaves `target_group_arns` out when others attach.

## Validate
Two runs of `terraform plan` after an apply say "No changes"; `aws autoscaling describe-load-balancer-target-groups
--auto-scaling-group-name NAME` lists all groups.

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  name              = "web"
  min_size          = 2
  max_size          = 6
  target_group_arns = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"] # finding
}

resource "aws_autoscaling_attachment" "admin" {
  autoscaling_group_name = aws_autoscaling_group.web.name
  lb_target_group_arn    = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/admin/0123456789abcdef"
}
```

ECS registers its tasks itself, and takes out what is not a task of the service:
```hcl
resource "aws_lb_target_group" "web" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_ecs_service" "web" {
  name = "web"

  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = 8080
  }
}

resource "aws_lb_target_group_attachment" "by_hand" {
  target_group_arn = aws_lb_target_group.web.arn # finding
  target_id        = "i-0123456789abcdef0"
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 2
  max_size = 6
}

resource "aws_autoscaling_attachment" "admin" {
  autoscaling_group_name = aws_autoscaling_group.web.name
  lb_target_group_arn    = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/admin/0123456789abcdef"
}

resource "aws_autoscaling_group" "api" {
  name              = "api"
  min_size          = 2
  max_size          = 6
  target_group_arns = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"]

  lifecycle {
    ignore_changes = [target_group_arns]
  }
}

resource "aws_autoscaling_attachment" "api" {
  autoscaling_group_name = aws_autoscaling_group.api.name
  lb_target_group_arn    = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/admin/0123456789abcdef"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Graph, Node, Resource, Severity, Undecided, rule
from auditor.views.decide import exists
from auditor.views.ecs_service import SERVICE
from auditor.views.load_balancer import ATTACHMENTS, TARGET_GROUPS
from auditor.views.registered import registered
from auditor.views.scaling.group import GROUP

PAIRS = (("target_group_arns", "lb_target_group_arn"), ("load_balancers", "elb"))


@rule(
    target=f"{GROUP} {ATTACHMENTS}",
    severity=Severity.HIGH,
    facets=(Facet.WRITTEN,),
    symptoms=(r"503 Service (Temporarily )?Unavailable", r"Target\.NotRegistered"),
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if resource.kind != GROUP:
        yield from _beside_service(body, graph)
        return
    for own, attached in PAIRS:
        written = body.at(own)
        if written.unknown or written.missing or {own, "all"} & set(resource.ignored):
            continue
        for other in _attachments(resource, graph):
            if other.at(attached).present and exists(other):
                message = f"{own} undoes {other.address.text} at every apply"
                yield Fail(written, message, expected="one way to attach", related=(other.body,))
                break


def _attachments(group: Resource, graph: Graph) -> tuple[Resource, ...]:
    try:
        return graph.attached(group, "autoscaling_group_name", "aws_autoscaling_attachment")
    except Undecided:
        return ()


def _beside_service(body: Node, graph: Graph) -> Iterator[Fail]:
    arn = body.at("target_group_arn")
    for group in graph.targets(arn, *TARGET_GROUPS.split()):
        for service in (it.resource for it in registered(group, graph)):
            if service.kind == SERVICE and exists(service):
                message = f"{service.address.text} registers the targets of {group.address.text} itself"
                yield Fail(arn, message, expected="one owner of the target group", related=(service.body,))
                return
