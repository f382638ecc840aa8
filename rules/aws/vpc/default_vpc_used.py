"""The default VPC of a region is used.

## Why it matters
In a default VPC every subnet is public, every instance gets a public address, and all default VPCs of all accounts share the range
172.31.0.0/16, so they can never be peered. What is built there is on the internet by default.

## Five whys
1. Why does the internal service have a public address? Its subnet hands them out.
2. Why? It is a subnet of the default VPC.
3. Why there? The resource named no subnet, or the default VPC was taken into Terraform as the quickest way to a network.

## Fix now
Nothing breaks today: take stock first with `aws ec2 describe-network-interfaces --filters Name=vpc-id,Values=vpc-…`. Then build a VPC
with private subnets, move the services, and remove `aws_default_vpc`; the resource's removal does not delete the VPC.

## Workaround
Take the public addresses away: `aws ec2 modify-subnet-attribute --subnet-id subnet-… --no-map-public-ip-on-launch` for each of its
subnets.

## Prevent
Delete default VPCs in all regions when an account is created (Control Tower does), and name subnets explicitly everywhere.

## Validate
`aws ec2 describe-vpcs --filters Name=is-default,Values=true --query 'Vpcs[].VpcId'` prints an empty list.

## Bad
```hcl
resource "aws_default_vpc" "main" { # finding
  tags = { Name = "default" }
}
```

## Good
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule


@rule(
    target="aws_vpc aws_default_vpc",
    severity=Severity.MEDIUM,
    aliases="CKV_AWS_148 AVD-AWS-0101 aws-ec2-no-default-vpc aws-vpc-no-default-vpc",
)
def check(vpc: Node, resource: Resource) -> Iterator[Fail]:
    if resource.kind == "aws_default_vpc":
        yield Fail(vpc, "the default VPC is used", expected="a VPC of its own")
