"""Something in a VPC names no security group, and gets the default one.

## Why it matters
AWS then takes the VPC's default group: its members all reach each other, and each other forgotten resource is a member too. Where the
default group was emptied, as it should be, nothing reaches the resource and it reaches nothing.

## Five whys
1. Why can a test instance talk to this one? Both are in the default security group.
2. Why is it? Nobody named a group.
3. Why was that not noticed? The argument is optional, and everything worked in the test environment, where the default group is open.

## Fix now
Create a group with what is needed, and name it: `aws ec2 modify-instance-attribute --instance-id i-… --groups sg-…` (for a load balancer
`aws elbv2 set-security-groups`), at once and without a restart. The same in the code.

## Workaround
None is needed while the default group is what is wanted; say so by naming it.

## Prevent
Make the list of groups a required variable of modules.

## Validate
`aws ec2 describe-network-interfaces --filters Name=group-name,Values=default --query 'NetworkInterfaces[].Description'` prints an empty
list.

## Bad
```hcl
resource "aws_instance" "worker" { # finding
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.small"
  subnet_id     = "subnet-0123456789abcdef0"
}

resource "aws_lb" "web" { # finding
  subnets = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
}

resource "aws_vpc_endpoint" "logs" { # finding
  vpc_id            = "vpc-0123456789abcdef0"
  service_name      = "com.amazonaws.eu-west-1.logs"
  vpc_endpoint_type = "Interface"
}
```

## Good
```hcl
resource "aws_instance" "worker" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.small"
  subnet_id              = "subnet-0123456789abcdef0"
  vpc_security_group_ids = ["sg-0123456789abcdef0"]
}

resource "aws_instance" "from_template" {
  subnet_id = "subnet-0123456789abcdef0"

  launch_template {
    id = "lt-0123456789abcdef0"
  }
}

resource "aws_lb" "mqtt" {
  load_balancer_type = "network"
  subnets            = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
}

resource "aws_vpc_endpoint" "files" {
  vpc_id       = "vpc-0123456789abcdef0"
  service_name = "com.amazonaws.eu-west-1.s3"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule
from auditor.views.endpoint import endpoint_type
from auditor.views.load_balancer import BALANCERS, balancer_type

ELSEWHERE = ("launch_template", "network_interface", "primary_network_interface")
GROUPS = {
    "aws_instance": ("vpc_security_group_ids", "security_groups"),
    "aws_lb": ("security_groups",),
    "aws_alb": ("security_groups",),
    "aws_vpc_endpoint": ("security_group_ids",),
    "aws_network_interface": ("security_groups",),
    "aws_db_instance": ("vpc_security_group_ids",),
    "aws_rds_cluster": ("vpc_security_group_ids",),
}

PLACED = {"aws_instance": "subnet_id", "aws_db_instance": "db_subnet_group_name", "aws_rds_cluster": "db_subnet_group_name"}
"""What says that it is not in the default VPC."""


@rule(
    target=" ".join(GROUPS),
    severity=Severity.LOW,
    facets=(Facet.WRITTEN,),  # elsewhere the default group is listed as any other
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    if resource.kind in BALANCERS.split() and balancer_type(body) != "application":
        return
    if resource.kind == "aws_vpc_endpoint" and endpoint_type(resource) != "Interface":
        return
    if resource.kind in PLACED and body.at(PLACED[resource.kind]).missing:
        return  # in the default VPC, which is a finding of its own
    if any(body.at(name).present for name in (*GROUPS[resource.kind], *(ELSEWHERE if resource.kind == "aws_instance" else ()))):
        return
    replica = any(body.at(name).present for name in ("replicate_source_db", "replication_source_identifier", "snapshot_identifier"))
    if not replica:
        yield Fail(body, "no security group is named, so it gets the default one of its VPC", expected=GROUPS[resource.kind][0])
