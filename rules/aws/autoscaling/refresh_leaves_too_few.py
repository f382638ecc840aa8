"""An instance refresh takes a large part of a small group out of service.

## Why it matters
`min_healthy_percentage` is a share of the desired capacity, and of two instances half is one. During the rollout the group carries the
whole load with what is left, and loses a zone's redundancy; one more failure is an outage.

## Five whys
1. Why were requests slow during the rollout? Half of the instances carried everything.
2. Why half? The refresh may take that many out before the new ones are in service.
3. Why? `min_healthy_percentage` is 50, and the group has two instances.
4. Why 50? With 90 % of two instances AWS replaces one at a time as well; 50 looked like the same.

## Fix now
`min_healthy_percentage = 100` with `max_healthy_percentage = 150`: new instances come first. A running refresh is stopped with `aws
autoscaling cancel-instance-refresh --auto-scaling-group-name NAME`.

## Workaround
Raise the desired capacity by one for the time of the rollout.

## Prevent
Set `instance_maintenance_policy` on the group, which holds for refreshes, replacements and rebalancing alike. The options: `share` (90,
what AWS takes when nothing is said) and `small` (3 instances), our proposal.

## Validate
`GroupInServiceInstances` in CloudWatch stays at the desired capacity during a refresh.

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 8

  instance_refresh {
    strategy = "Rolling"
    preferences {
      min_healthy_percentage = 50 # finding
    }
  }
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 8

  instance_refresh {
    strategy = "Rolling"
    preferences {
      min_healthy_percentage = 100
      max_healthy_percentage = 150
    }
  }
}

resource "aws_autoscaling_group" "default" { # 90
  min_size = 2
  max_size = 8

  instance_refresh {
    strategy = "Rolling"
    preferences {
      instance_warmup = 120
    }
  }
}

resource "aws_autoscaling_group" "one" { # there is no part of one
  min_size = 1
  max_size = 1

  instance_refresh {
    strategy = "Rolling"
    preferences {
      min_healthy_percentage = 50
    }
  }
}

resource "aws_autoscaling_group" "large" { # half of eight still are four
  min_size = 8
  max_size = 20

  instance_refresh {
    strategy = "Rolling"
    preferences {
      min_healthy_percentage = 50
    }
  }
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.scaling.group import GROUP


@rule(
    target=GROUP,
    each="instance_refresh.preferences",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    options={"share": 90, "small": 3},
)
def check(preferences: Node, resource: Resource, options: Mapping[str, Any]) -> Iterator[Fail]:
    share, least = preferences.at("min_healthy_percentage"), resource.at("min_size")
    if share.missing or not share.number or share.number >= options["share"]:
        return  # 0 is another rule's
    count = int(least.number or 0)
    left = -(-count * share.number // 100)
    if left < count <= options["small"]:
        message = f"of {count} instances a refresh leaves {left:g} in service"
        yield Fail(share, message, expected=f"{options['share']:g} or more", related=(least,))
