"""A group launches instances with a security group of another VPC.

## Why it matters
EC2 refuses such a launch, each time: the group stays at 0, or cannot replace what fails, and the activity history repeats that the security
group and the subnet belong to different networks.

## Five whys
1. Why does the group not launch anything? EC2 refuses the security group.
2. Why? It is in another VPC than the subnets.
3. Why? The group was moved to new subnets, and the template still names the old security group.

## Fix now
Put a security group of the subnets' VPC into the template, apply, and let the group use the new version.

## Workaround
Put the old subnets back: `aws autoscaling update-auto-scaling-group --auto-scaling-group-name NAME --vpc-zone-identifier
subnet-a,subnet-b`.

## Prevent
Make subnets and security groups in one module, from one `vpc_id`.

## Validate
`aws autoscaling describe-scaling-activities --auto-scaling-group-name NAME --max-items 3` shows Successful.

## Bad
```hcl
resource "aws_vpc" "old" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "new" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_security_group" "web" {
  vpc_id = aws_vpc.old.id
}

resource "aws_subnet" "a" {
  vpc_id     = aws_vpc.new.id
  cidr_block = "10.1.0.0/24"
}

resource "aws_launch_template" "web" {
  instance_type          = "m6i.large"
  vpc_security_group_ids = [aws_security_group.web.id]
}

resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = [aws_subnet.a.id] # finding

  launch_template {
    id = aws_launch_template.web.id
  }
}
```

## Good
```hcl
resource "aws_vpc" "new" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_security_group" "web" {
  vpc_id = aws_vpc.new.id
}

resource "aws_security_group" "elsewhere" {
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_subnet" "a" {
  vpc_id     = aws_vpc.new.id
  cidr_block = "10.1.0.0/24"
}

resource "aws_launch_template" "web" {
  instance_type          = "m6i.large"
  vpc_security_group_ids = [aws_security_group.web.id, aws_security_group.elsewhere.id]
}

resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = [aws_subnet.a.id, "subnet-0123456789abcdef0"]

  launch_template {
    id = aws_launch_template.web.id
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.group import GROUP
from auditor.views.scaling.launch import sources
from auditor.views.subnet import SUBNETS, vpc

PATHS = ("vpc_security_group_ids", "network_interfaces.security_groups", "security_groups")


@rule(
    target=GROUP,
    severity=Severity.HIGH,
    symptoms=(r"Security group .* and subnet .* belong to different networks", r"The security group .* does not exist in VPC"),
)
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    subnets = [(node, found) for node in group.each("vpc_zone_identifier") for found in graph.targets(node, *SUBNETS)]
    for source in sources(resource, graph) if subnets else ():
        for where in (node for path in PATHS for node in source.body.each(path)):
            for member in graph.targets(where, "aws_security_group"):
                for node, found in subnets:
                    home, other = vpc(found, graph), vpc(member, graph)
                    if home is not None and other is not None and home is not other:
                        message = f"{found.address.text} is in {home.address.text}, {member.address.text} in {other.address.text}"
                        yield Fail(node, message, expected="subnets and security groups of one VPC", related=(where,))
                        return
