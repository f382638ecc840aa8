"""Auto Scaling moves nodes between zones behind the cluster autoscaler's back.

## Why it matters
When the zones of a group are out of balance, Auto Scaling ends an instance in one zone and starts one in another. The cluster
autoscaler knows nothing of it: the node is not drained, its pods are killed, and what the autoscaler takes away is brought back
elsewhere.

## Five whys
1. Why did pods die without being drained? Their node was ended by Auto Scaling.
2. Why? The zones of the group were not in balance.
3. Why not? The autoscaler had removed an empty node in one of them.
4. Why do the two work against each other? `AZRebalance` is on, which the autoscaler's manual asks to suspend.

## Fix now
`aws autoscaling suspend-processes --auto-scaling-group-name NAME --scaling-processes AZRebalance`, and `suspended_processes =
["AZRebalance"]` in the code.

## Workaround
The AWS node termination handler drains nodes that Auto Scaling ends (with a hook on termination).

## Prevent
Managed node groups, or groups of one zone each.

## Validate
`aws autoscaling describe-scaling-activities --auto-scaling-group-name NAME` shows no `rebalance`.

## Bad
```hcl
resource "aws_autoscaling_group" "nodes" {
  min_size            = 2
  max_size            = 20
  vpc_zone_identifier = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] # finding

  tag {
    key                 = "k8s.io/cluster-autoscaler/enabled"
    value               = "true"
    propagate_at_launch = true
  }
}
```

## Good
```hcl
resource "aws_autoscaling_group" "nodes" {
  min_size            = 2
  max_size            = 20
  vpc_zone_identifier = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  suspended_processes = ["AZRebalance"]

  tag {
    key                 = "k8s.io/cluster-autoscaler/enabled"
    value               = "true"
    propagate_at_launch = true
  }
}

resource "aws_autoscaling_group" "one_zone" {
  min_size            = 2
  max_size            = 20
  vpc_zone_identifier = ["subnet-0123456789abcdef0"]

  tag {
    key                 = "k8s.io/cluster-autoscaler/enabled"
    value               = "true"
    propagate_at_launch = true
  }
}

resource "aws_autoscaling_group" "drained" {
  name                = "drained"
  min_size            = 2
  max_size            = 20
  vpc_zone_identifier = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]

  initial_lifecycle_hook {
    name                 = "drain"
    lifecycle_transition = "autoscaling:EC2_INSTANCE_TERMINATING"
  }
  tag {
    key                 = "k8s.io/cluster-autoscaler/enabled"
    value               = "true"
    propagate_at_launch = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import length
from auditor.views.scaling.group import GROUP, TERMINATING, hooks

TAG = "k8s.io/cluster-autoscaler/"


@rule(target=GROUP, severity=Severity.LOW, confidence=Confidence.FIRM)
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    where = group.at("vpc_zone_identifier")
    found = any((key.text or "").startswith(TAG) for path in ("tag.key", "tags.key") for key in group.each(path))
    if not found or length(where) < 2 or any(it.text == "AZRebalance" for it in group.each("suspended_processes")):
        return
    if next(hooks(resource, graph, TERMINATING), None) is None:
        message = f"Auto Scaling keeps {length(where)} subnets in balance, against the cluster autoscaler"
        yield Fail(where, message, expected='suspended_processes = ["AZRebalance"]')
