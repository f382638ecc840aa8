"""A cluster's security group lets the whole internet in.

## Why it matters
The web interfaces of YARN, Spark and Hue run without a login. Whoever reaches YARN's port starts programs on the cluster, with its
role: miners find open clusters within an hour.

## Five whys
1. Why did the cluster mine coins? Somebody started an application on it.
2. Why could he? YARN's port was open to the world.
3. Why? The security group allows 0.0.0.0/0.

## Fix now
`aws ec2 revoke-security-group-ingress --group-id sg-… --protocol all --cidr 0.0.0.0/0`, and the same in the code. End applications that
you do not know: `yarn application -list`.

## Workaround
Reach the interfaces through Session Manager port forwarding.

## Prevent
`aws emr put-block-public-access-configuration` for the account, and private subnets.

## Validate
`aws ec2 describe-security-group-rules --filters Name=group-id,Values=sg-…` shows no 0.0.0.0/0.

## Bad
```hcl
resource "aws_security_group" "nodes" {
  name = "nodes"

  ingress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_emr_cluster" "reports" {
  name          = "reports"
  release_label = "emr-7.5.0"
  service_role  = "arn:aws:iam::111122223333:role/emr"

  ec2_attributes {
    instance_profile                  = "emr"
    emr_managed_master_security_group = aws_security_group.nodes.id # finding
    emr_managed_slave_security_group  = aws_security_group.nodes.id # finding
  }
}
```

## Good
```hcl
resource "aws_security_group" "nodes" {
  name = "nodes"

  ingress {
    from_port   = 8443
    to_port     = 8443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/16"]
  }
}

resource "aws_emr_cluster" "reports" {
  name          = "reports"
  release_label = "emr-7.5.0"
  service_role  = "arn:aws:iam::111122223333:role/emr"

  ec2_attributes {
    instance_profile                  = "emr"
    emr_managed_master_security_group = aws_security_group.nodes.id
    emr_managed_slave_security_group  = aws_security_group.nodes.id
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.ingress import GROUPS, inbound

_PATHS = (
    "emr_managed_master_security_group",
    "emr_managed_slave_security_group",
    "additional_master_security_groups",
    "additional_slave_security_groups",
    "service_access_security_group",
)


@rule(target="aws_emr_cluster", each="ec2_attributes", severity=Severity.HIGH, aliases="CKV2_AWS_7")
def check(attributes: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for path in _PATHS:
        for item in attributes.each(path):
            for group in graph.targets(item, *GROUPS.split()):
                if _opening(group, graph):
                    yield Fail(item, f"{group.address.text} lets the whole internet in", expected="a group that names its sources")


def _opening(group: Resource, graph: Graph) -> bool:
    rules = graph.attached(group, "security_group_id", "aws_security_group_rule", "aws_vpc_security_group_ingress_rule")
    return any(opening.anywhere for holder in (group, *rules) for opening in inbound(holder, graph))
