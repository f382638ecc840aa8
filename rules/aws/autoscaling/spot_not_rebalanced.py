"""Spot instances are replaced only after they are gone.

## Why it matters
AWS announces that a Spot instance is at risk, often well before the two minutes' notice. Without `capacity_rebalance` the group ignores
the word, and starts the replacement when the instance is already lost: the service is smaller for the time of a start, each time.

## Five whys
1. Why did latency rise with each Spot interruption? The replacement came minutes after the loss.
2. Why so late? The group reacted to the loss, not to the warning.
3. Why? `capacity_rebalance` is off, which is what the API does when nothing is said.

## Fix now
`aws autoscaling update-auto-scaling-group --auto-scaling-group-name NAME --capacity-rebalance`, and `capacity_rebalance = true` in the
code.

## Workaround
A larger share of On-Demand instances.

## Prevent
The line in the module, next to the Spot share; with a termination hook when connections have to drain.

## Validate
`aws autoscaling describe-scaling-activities` names `EC2 Spot instance rebalance recommendation` as the cause of replacements.

## Bad
```hcl
resource "aws_autoscaling_group" "web" { # finding
  min_size          = 2
  max_size          = 10
  target_group_arns = ["arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/0123456789abcdef"]

  mixed_instances_policy {
    instances_distribution {
      on_demand_percentage_above_base_capacity = 20
      spot_allocation_strategy                 = "price-capacity-optimized"
    }
    launch_template {
      launch_template_specification {
        launch_template_id = "lt-0123456789abcdef0"
      }
    }
  }
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  min_size           = 2
  max_size           = 10
  capacity_rebalance = true
  target_group_arns  = ["arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/0123456789abcdef"]

  mixed_instances_policy {
    instances_distribution {
      on_demand_percentage_above_base_capacity = 20
      spot_allocation_strategy                 = "price-capacity-optimized"
    }
    launch_template {
      launch_template_specification {
        launch_template_id = "lt-0123456789abcdef0"
      }
    }
  }
}

resource "aws_autoscaling_group" "batch" { # serves nobody
  min_size = 0
  max_size = 10

  mixed_instances_policy {
    instances_distribution {
      on_demand_percentage_above_base_capacity = 0
      spot_allocation_strategy                 = "price-capacity-optimized"
    }
    launch_template {
      launch_template_specification {
        launch_template_id = "lt-0123456789abcdef0"
      }
    }
  }
}

resource "aws_autoscaling_group" "on_demand" {
  min_size          = 2
  max_size          = 10
  target_group_arns = ["arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/0123456789abcdef"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.group import GROUP, is_load_balanced


@rule(target=GROUP, severity=Severity.LOW, confidence=Confidence.FIRM, symptoms=(r"EC2 Spot Instance (Interruption|Rebalance)",))
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    mixed, rebalance = group.at("mixed_instances_policy"), group.at("capacity_rebalance")
    if mixed.missing or (rebalance.present and rebalance.flag is not False):
        return
    share = mixed.at("instances_distribution.on_demand_percentage_above_base_capacity")
    if share.present and share.number is not None and share.number < 100 and is_load_balanced(resource, graph):
        message = f"{100 - share.number:g} % of the instances are Spot, and each is replaced only after it is gone"
        yield Fail(rebalance, message, expected="true", related=(share,))
