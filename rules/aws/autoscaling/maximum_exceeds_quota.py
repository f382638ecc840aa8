"""The maximum of a group needs more vCPUs than the account's quota allows.

## Why it matters
Beyond the quota a launch fails with `VcpuLimitExceeded`. The group asks again and again, the service stays too small, and it is noticed
on the day of the largest load, when a quota increase takes hours.

## Five whys
1. Why did the group stop at 16 of 40 instances? AWS refused to launch more.
2. Why? The account may run 64 vCPUs of the standard families, and 40 instances need 160.
3. Why was that not known? The maximum and the quota were never compared.

## Fix now
`aws service-quotas request-service-quota-increase --service-code ec2 --quota-code L-1216C47A --desired-value 200`, and open a support
case for the urgency. Meanwhile stop instances in the account and region that nobody needs.

## Workaround
Types of other families (G, P, X, …) have quotas of their own, and so has Spot.

## Prevent
Declare the quota beside the groups (`aws_servicequotas_service_quota` with `L-1216C47A`), or set the option `standard_vcpus` of this
rule. At 0, its default, only a declared quota is compared: AWS gives a new account 5 and raises that with use, so that the number of an
account cannot be guessed.

## Validate
`aws service-quotas get-service-quota --service-code ec2 --quota-code L-1216C47A --query Quota.Value` is at least the number in the message.

## Bad
```hcl
resource "aws_servicequotas_service_quota" "standard" {
  service_code = "ec2"
  quota_code   = "L-1216C47A"
  value        = 64
}

resource "aws_launch_template" "web" {
  instance_type = "m6i.xlarge"
}

resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 17 # finding

  launch_template {
    id = aws_launch_template.web.id
  }
}
```

## Good
```hcl
resource "aws_servicequotas_service_quota" "standard" {
  service_code = "ec2"
  quota_code   = "L-1216C47A"
  value        = 64
}

resource "aws_launch_template" "web" {
  instance_type = "m6i.xlarge"
}

resource "aws_autoscaling_group" "web" { # 16 x 4 vCPUs
  min_size = 2
  max_size = 16

  launch_template {
    id = aws_launch_template.web.id
  }
}

resource "aws_launch_template" "gpu" {
  instance_type = "g5.xlarge"
}

resource "aws_autoscaling_group" "gpu" { # has a quota of its own
  min_size = 2
  max_size = 40

  launch_template {
    id = aws_launch_template.gpu.id
  }
}

resource "aws_autoscaling_group" "spot" {
  min_size = 2
  max_size = 40

  mixed_instances_policy {
    instances_distribution {
      on_demand_base_capacity                  = 2
      on_demand_percentage_above_base_capacity = 0
    }
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.web.id
      }
    }
  }
}

resource "aws_launch_template" "new" {
  instance_type = "m99.48xlarge"
}

resource "aws_autoscaling_group" "new" { # a type that nobody knows yet
  min_size = 2
  max_size = 40

  launch_template {
    id = aws_launch_template.new.id
  }
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.group import GROUP
from auditor.views.scaling.quota import demand, standard_quota


@rule(
    target=GROUP,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    options={"standard_vcpus": 0},
    symptoms=(r"VcpuLimitExceeded", r"You have requested more vCPU capacity than your current vCPU limit"),
)
def check(group: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    declared = standard_quota(graph)
    quota = float((declared.number or 0) if declared is not None else options["standard_vcpus"])
    needed = demand(resource, graph) if quota else None
    if needed is not None and needed.vcpus > quota:
        source = "the declared quota" if declared is not None else "the configured quota"
        message = f"{needed.instances} On-Demand instances of {needed.type.vcpus} vCPUs need {needed.vcpus}, {source} is {quota:g}"
        most = int(quota // needed.type.vcpus)
        related = (declared,) if declared is not None else ()
        yield Fail(group.at("max_size"), message, expected=f"at most {most} instances, or a larger quota", related=related)
