"""Managed termination protection is on, but the group does not protect instances.

## Why it matters
ECS takes the protection off idle instances; it can do so only when the group puts it on every new one. Otherwise the API refuses the
capacity provider (`The managed termination protection setting for the capacity provider is invalid`), or, changed later, scale-in kills
instances with running tasks.

## Five whys
1. Why were tasks killed in the evening? Their instance was terminated by the group.
2. Why was it not protected? The group does not protect new instances from scale-in.
3. Why did ECS not do it? It only removes a protection that is there.

## Fix now
`aws autoscaling update-auto-scaling-group --auto-scaling-group-name G --new-instances-protected-from-scale-in`, and for those that run
already `aws autoscaling set-instance-protection --instance-ids i-… --auto-scaling-group-name G --protected-from-scale-in`.

## Workaround
Set `managed_draining = "ENABLED"`, which drains an instance before it ends.

## Prevent
Group and capacity provider in one module, both settings from one variable.

## Validate
`aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names G --query
'AutoScalingGroups[].Instances[].ProtectedFromScaleIn'` prints true for busy ones.

## Bad
```hcl
resource "aws_autoscaling_group" "hosts" {
  name     = "hosts"
  min_size = 1
  max_size = 10
}

resource "aws_ecs_capacity_provider" "hosts" {
  name = "hosts"

  auto_scaling_group_provider {
    auto_scaling_group_arn         = aws_autoscaling_group.hosts.arn
    managed_termination_protection = "ENABLED" # finding
  }
}
```

## Good
```hcl
resource "aws_autoscaling_group" "hosts" {
  name                  = "hosts"
  min_size              = 1
  max_size              = 10
  protect_from_scale_in = true
}

resource "aws_ecs_capacity_provider" "hosts" {
  name = "hosts"

  auto_scaling_group_provider {
    auto_scaling_group_arn         = aws_autoscaling_group.hosts.arn
    managed_termination_protection = "ENABLED"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Severity, rule


@rule(target="aws_ecs_capacity_provider", each="auto_scaling_group_provider", severity=Severity.MEDIUM)
def check(provider: Node, graph: Graph) -> Iterator[Fail]:
    managed = provider.at("managed_termination_protection")
    if managed.missing or managed.text != "ENABLED":
        return
    for group in graph.targets(provider.at("auto_scaling_group_arn"), "aws_autoscaling_group"):
        protected = group.at("protect_from_scale_in")
        if protected.missing or protected.flag is False:
            message = f"ECS cannot protect busy instances: {group.address.text} does not protect new ones from scale-in"
            yield Fail(managed, message, expected="protect_from_scale_in = true on the group", related=(protected,))
