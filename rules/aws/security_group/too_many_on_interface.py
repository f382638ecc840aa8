"""A network interface is given more security groups than AWS accepts.

## Why it matters
An interface takes five security groups unless the quota was raised. AWS refuses the sixth (`SecurityGroupsPerInterfaceLimitExceeded`),
so the instance, function or load balancer is not created, or keeps its old groups.

## Five whys
1. Why does the instance not come up? AWS refused its interface.
2. Why? It names more security groups than an interface may have.
3. Why so many? Each module adds a group of its own to a common list.

## Fix now
Merge groups that always go together into one with all their rules, and name that.

## Workaround
`aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-2AFB9258 --desired-value 10`. Rules per group times
groups per interface may not exceed 1,000.

## Prevent
One group for each role of a service; rules, not groups, for each partner.

## Validate
`aws ec2 describe-network-interfaces --network-interface-ids eni-… --query 'NetworkInterfaces[].length(Groups)'` prints 5 or less.

## Bad
```hcl
resource "aws_security_group" "each" {
  count = 6
  name  = "part-${count.index}"
}

resource "aws_instance" "worker" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.small"
  vpc_security_group_ids = aws_security_group.each[*].id # finding
}
```

## Good
```hcl
resource "aws_security_group" "each" {
  count = 5
  name  = "part-${count.index}"
}

resource "aws_instance" "worker" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.small"
  vpc_security_group_ids = aws_security_group.each[*].id
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule

PATHS = {
    "aws_instance": "vpc_security_group_ids",
    "aws_launch_template": "vpc_security_group_ids",
    "aws_launch_configuration": "security_groups",
    "aws_network_interface": "security_groups",
    "aws_lb": "security_groups",
    "aws_alb": "security_groups",
    "aws_elb": "security_groups",
    "aws_lambda_function": "vpc_config.security_group_ids",
    "aws_ecs_service": "network_configuration.security_groups",
    "aws_db_instance": "vpc_security_group_ids",
    "aws_rds_cluster": "vpc_security_group_ids",
    "aws_vpc_endpoint": "security_group_ids",
}


@rule(
    target=" ".join(PATHS),
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    options={"groups": 5},
    symptoms=(r"SecurityGroupsPerInterfaceLimitExceeded", r"security groups .* exceeds? the (limit|maximum)"),
)
def check(body: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    path = PATHS[resource.kind]
    keys = {_key(node) for node in body.each(path)} - {""}
    if len(keys) > options["groups"]:
        message = f"the interface is given {len(keys)} security groups"
        yield Fail(body.at(path), message, expected=f"at most {options['groups']}", actual=str(len(keys)))


def _key(group: Node) -> str:
    """What tells groups apart: their id, or the one resource that they are made from; empty when neither is known."""
    if group.unknown:
        return str(group.refs[0].address) if len(group.refs) == 1 else ""
    return group.text or ""
