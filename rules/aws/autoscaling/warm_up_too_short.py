"""An instance counts as warm before it can have started.

## Why it matters
A cold instance uses little CPU. Counted as warm it lowers the average: the group believes that it has enough, stops growing while the load
still rises, or even takes instances out. A simple policy with so short a cooldown adds instances again before the first ones work.

## Five whys
1. Why did the group have three times the instances it needed? It kept adding while the first ones were starting.
2. Why? They did not lower the metric yet, and the cooldown was over.
3. Why so short? It was set to make scaling fast.

## Fix now
Set the number to the time from the launch to the first served request: `default_instance_warmup` of the group, or
`estimated_instance_warmup` (`cooldown` for simple policies) of the policy.

## Workaround
A launch lifecycle hook: the warm-up begins when the hook has been completed, and 0 is right then.

## Prevent
Measure the start and write it into `default_instance_warmup`: a policy's own number is compared with that. Where nothing says what a
start takes, the bound is 60 s for Linux and 180 s for Windows (the options `linux_seconds` and `windows_seconds`, our proposal).

## Validate
In CloudWatch `GroupInServiceInstances` rises once for each rise of the load, not in a staircase.

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  name                    = "web"
  min_size                = 2
  max_size                = 10
  default_instance_warmup = 30
}

resource "aws_autoscaling_policy" "cpu" { # finding
  name                   = "cpu"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 50
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

resource "aws_autoscaling_policy" "out" {
  name                   = "out"
  autoscaling_group_name = aws_autoscaling_group.web.name
  scaling_adjustment     = 2
  cooldown               = 20 # finding
}
```

The policy knows better than the group:

```hcl
resource "aws_autoscaling_group" "search" {
  name                    = "search"
  min_size                = 2
  max_size                = 10
  default_instance_warmup = 300
}

resource "aws_autoscaling_policy" "cpu" {
  name                      = "cpu"
  autoscaling_group_name    = aws_autoscaling_group.search.name
  policy_type               = "TargetTrackingScaling"
  estimated_instance_warmup = 90 # finding

  target_tracking_configuration {
    target_value = 50
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  name                    = "web"
  min_size                = 2
  max_size                = 10
  default_instance_warmup = 60
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 50
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

resource "aws_autoscaling_group" "hooked" {
  name                    = "hooked"
  min_size                = 2
  max_size                = 10
  default_instance_warmup = 0

  initial_lifecycle_hook {
    name                 = "ready"
    lifecycle_transition = "autoscaling:EC2_INSTANCE_LAUNCHING"
  }
}

resource "aws_autoscaling_policy" "hooked" {
  name                   = "cpu"
  autoscaling_group_name = aws_autoscaling_group.hooked.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 50
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

resource "aws_autoscaling_policy" "in" { # takes instances out: none has to start
  name                   = "in"
  autoscaling_group_name = aws_autoscaling_group.web.name
  scaling_adjustment     = -1
  cooldown               = 60
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.group import groups_of, launch_hooks
from auditor.views.scaling.launch import start
from auditor.views.scaling.policy import POLICY, direction, policy_type


@rule(
    target=POLICY,
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    options={"linux_seconds": 60, "windows_seconds": 180},
)
def check(policy: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    kind = policy_type(policy)
    if direction(policy) < 0 or kind == "PredictiveScaling":
        return
    for group in groups_of(resource, graph):
        where = policy.at("cooldown" if kind == "SimpleScaling" else "estimated_instance_warmup")
        own = _given(where) or kind == "SimpleScaling"
        node = where if own else group.at("default_instance_warmup")
        if not _given(node) or node.number is None or next(launch_hooks(group, graph), None) is not None:
            continue
        begin = start(group, graph, options["linux_seconds"], options["windows_seconds"], measured=own)
        if node.number < begin.seconds:
            message = f"{node.path} of {node.number:g} s is over before an instance has started: {begin.seconds:g} s ({begin.words})"
            related = (begin.where,) if begin.where else () if own else (node,)
            yield Fail(where, message, expected=f"{begin.seconds:g} s or what you measure", actual=f"{node.number:g} s", related=related)


def _given(seconds: Node) -> bool:
    """Whether a time is written; the provider does not send 0, and a state has it for none."""
    return seconds.present and bool(seconds.number)
