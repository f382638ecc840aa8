"""A group runs on Spot instances of few types, without any on-demand base.

## Why it matters
When AWS needs the capacity back, all instances of a pool (one type in one zone) get two minutes. With one or two types that may be the
whole group, and no replacement can be had, since that very capacity is what is missing.

## Five whys
1. Why did the whole group vanish within two minutes? Its Spot capacity was taken back.
2. Why all of it? All instances were of one type.
3. Why did no others come? The group may use no other type, and no on-demand instance.

## Fix now
`aws autoscaling update-auto-scaling-group --auto-scaling-group-name NAME --mixed-instances-policy file://policy.json` with
`OnDemandBaseCapacity` of what must never go away, and more types of the same size (m6i, m6a, m5, m7i …).

## Workaround
A second, on-demand group on the same target group, with a size of 0 that is raised by hand.

## Prevent
Describe what is needed instead of types (`instance_requirements`), use `price-capacity-optimized`, and `capacity_rebalance = true`.

## Validate
`aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names NAME --query
'AutoScalingGroups[].Instances[].[InstanceType,AvailabilityZone]'` shows several pools.

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 10

  mixed_instances_policy {
    instances_distribution {
      on_demand_base_capacity                  = 0
      on_demand_percentage_above_base_capacity = 0 # finding
    }

    launch_template {
      launch_template_specification {
        launch_template_id = "lt-0123456789abcdef0"
      }

      override {
        instance_type = "m6i.large"
      }
    }
  }
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 10

  mixed_instances_policy {
    instances_distribution {
      on_demand_base_capacity                  = 2
      on_demand_percentage_above_base_capacity = 0
      spot_allocation_strategy                 = "price-capacity-optimized"
    }

    launch_template {
      launch_template_specification {
        launch_template_id = "lt-0123456789abcdef0"
      }

      override {
        instance_type = "m6i.large"
      }
    }
  }
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.decide import every, length
from auditor.views.scaling.group import GROUP


@rule(
    target=GROUP,
    each="mixed_instances_policy",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    options={"types": 4},
    symptoms=(r"EC2 Spot Instance Interruption", r"UnfulfillableCapacity", r"InsufficientInstanceCapacity"),
)
def check(policy: Node, options: Mapping[str, Any]) -> Iterator[Fail]:
    share = policy.at("instances_distribution.on_demand_percentage_above_base_capacity")
    overrides = policy.at("launch_template.override")
    only_spot = every(
        lambda: share.number == 0,
        lambda: not policy.at("instances_distribution.on_demand_base_capacity").number,
        lambda: length(overrides) < options["types"],
        lambda: not any(override.at("instance_requirements").present for override in overrides.each()),
    )
    if only_spot:
        message = f"all instances are Spot, of {max(length(overrides), 1)} type(s)"
        yield Fail(share, message, expected=f"an on-demand base, or {options['types']} types and more")
