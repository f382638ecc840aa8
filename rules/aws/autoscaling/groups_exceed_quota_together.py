"""The groups of an account need more vCPUs together than its quota allows.

## Why it matters
Each group alone stays below the quota; when all are at their maximum at the same time, as after the loss of a zone or in a sale, the
launches of the last ones fail with `VcpuLimitExceeded`.

## Five whys
1. Why could the shop not grow in the sale? AWS refused to launch more instances.
2. Why? The account ran as many vCPUs as it may.
3. Why so many? Search, web and batch were all at their maximum.
4. Why was the quota too small for that? It was chosen for the largest group, not for all.

## Fix now
`aws service-quotas request-service-quota-increase --service-code ec2 --quota-code L-1216C47A --desired-value N` with the number of the
message, and the same in the code. At once: lower the maximum of groups whose work may wait.

## Workaround
Run what may wait on Spot, which has a quota of its own.

## Prevent
Declare the quota beside the groups, so that it is compared. Groups that never peak together may well exceed it: say so in a suppression.

## Validate
`aws cloudwatch get-metric-statistics --namespace AWS/Usage --metric-name ResourceCount --dimensions Name=Class,Value=Standard/OnDemand
…` stays below the quota at the largest peak.

## Bad
```hcl
resource "aws_servicequotas_service_quota" "standard" {
  service_code = "ec2"
  quota_code   = "L-1216C47A"
  value        = 64 # finding
}

resource "aws_launch_template" "large" {
  name          = "large"
  instance_type = "m6i.xlarge"
}

resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 10

  launch_template {
    name = "large"
  }
}

resource "aws_autoscaling_group" "search" {
  min_size = 2
  max_size = 7

  launch_template {
    name = "large"
  }
}
```

## Good
```hcl
resource "aws_servicequotas_service_quota" "standard" {
  service_code = "ec2"
  quota_code   = "L-1216C47A"
  value        = 68
}

resource "aws_servicequotas_service_quota" "addresses" {
  service_code = "ec2"
  quota_code   = "L-0263D0A3"
  value        = 5
}

resource "aws_launch_template" "large" {
  name          = "large"
  instance_type = "m6i.xlarge"
}

resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 10

  launch_template {
    name = "large"
  }
}

resource "aws_autoscaling_group" "search" {
  min_size = 2
  max_size = 7

  launch_template {
    name = "large"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule
from auditor.views.scaling.group import GROUP
from auditor.views.scaling.quota import STANDARD, demand, standard_quota


@rule(
    target="aws_servicequotas_service_quota data.aws_servicequotas_service_quota",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    symptoms=(r"VcpuLimitExceeded",),
)
def check(quota: Node, graph: Graph) -> Iterator[Fail]:
    declared = standard_quota(graph) if quota.at("quota_code").text == STANDARD else None
    if declared is None or declared.number is None:
        return
    needs = [(found.vcpus, group) for group in graph.of(GROUP) if (found := demand(group, graph))]
    total, largest = sum(count for count, _ in needs), max((count for count, _ in needs), default=0)
    if total > declared.number >= largest:
        table = ", ".join(f"{group.address.text} {count}" for count, group in sorted(needs, key=lambda it: -it[0])[:5])
        message = f"{len(needs)} groups at their maximum need {total} On-Demand vCPUs: {table}"
        yield Fail(declared, message, expected=f"at least {total}", related=tuple(group.at("max_size") for _, group in needs))
