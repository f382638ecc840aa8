"""An instance is given a public address.

## Why it matters
With a public address only the security group stands between the instance and every scanner on the internet, and one wrong rule is
enough. Behind a load balancer or a NAT gateway the same mistake has no effect.

## Five whys
1. Why was the instance attacked? It could be reached from the internet.
2. Why? It has a public address.
3. Why has it one? `associate_public_ip_address` asks for it.
4. Why? It had to fetch packages, and there was no NAT gateway.

## Fix now
Take it out of the code; the address goes away when the instance is replaced. To cut it off at once, remove it from its security group's
public rules, or move its Elastic IP: `aws ec2 disassociate-address --association-id eipassoc-…`.

## Workaround
When it has to be public for now: a security group with the caller's addresses only, and no role with write access.

## Prevent
Launch in private subnets, publish through a load balancer, log in with Session Manager, fetch packages through NAT or endpoints.

## Validate
`aws ec2 describe-instances --query 'Reservations[].Instances[?PublicIpAddress].[InstanceId,PublicIpAddress]'` prints an empty list.

## Bad
```hcl
resource "aws_instance" "worker" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.small"
  associate_public_ip_address = true # finding
}

resource "aws_launch_template" "worker" {
  image_id = "ami-0123456789abcdef0"

  network_interfaces {
    associate_public_ip_address = "true" # finding
  }
}
```

## Good
```hcl
resource "aws_instance" "worker" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.small"
  subnet_id     = "subnet-0123456789abcdef0"
}

resource "aws_launch_template" "worker" {
  image_id = "ami-0123456789abcdef0"

  network_interfaces {
    associate_public_ip_address = "false"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule


def requests(resource: Resource, graph: Graph) -> Iterator[Node]:
    yield from resource.each("associate_public_ip_address")
    yield from resource.each("network_interfaces.associate_public_ip_address")


@rule(
    target="aws_instance aws_spot_instance_request aws_launch_template aws_launch_configuration",
    each=requests,
    severity=Severity.MEDIUM,
    aliases="CKV_AWS_88 CKV_AWS_389 AVD-AWS-0009 aws-ec2-no-public-ip aws-autoscaling-no-public-ip FG_R00271",
)
def check(request: Node) -> Iterator[Fail]:
    if request.flag:
        yield Fail(request, "the instance gets a public address", expected="false, in a private subnet")
