"""A function stands in public subnets, where it has no way to the internet.

## Why it matters
The network interfaces of a function never get a public address, so the internet gateway drops what they send. Every call to the
internet, and to each AWS API without an endpoint in the VPC, hangs until the function's timeout.

## Five whys
1. Why does the function end with `Task timed out`? It waits for a connection that is never made.
2. Why not? Its packets leave by the internet gateway with a private address, and are dropped there.
3. Why by that gateway? The function is in a public subnet.
4. Why there? For instances the public subnet is the one with internet; for functions it is the one without.

## Fix now
Move it to private subnets whose default route leads to a NAT gateway: `aws lambda update-function-configuration --function-name NAME
--vpc-config SubnetIds=subnet-PRIVATE_A,subnet-PRIVATE_B,SecurityGroupIds=sg-…`. A function that needs nothing in the VPC does not need
`vpc_config` at all.

## Workaround
Endpoints for the AWS services that it calls; for IPv6 destinations `ipv6_allowed_for_dual_stack = true`.

## Prevent
Give modules for functions the list of private subnets only.

## Validate
`aws lambda invoke --function-name NAME out.json` comes back in time; the function's subnets have a route `0.0.0.0/0` to `nat-…`.

## Bad
```hcl
resource "aws_subnet" "public" {
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.0.1.0/24"
}

resource "aws_route_table" "public" {
  vpc_id = "vpc-0123456789abcdef0"

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = "igw-0123456789abcdef0"
  }
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}

resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

  vpc_config {
    subnet_ids         = [aws_subnet.public.id] # finding
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}
```

## Good
```hcl
resource "aws_subnet" "private" {
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.0.2.0/24"
}

resource "aws_route_table" "private" {
  vpc_id = "vpc-0123456789abcdef0"

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = "nat-0123456789abcdef0"
  }
}

resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}

resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

  vpc_config {
    subnet_ids         = [aws_subnet.private.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule
from auditor.views.way_out import declared_subnet, default_ways, is_public


@rule(
    target="aws_lambda_function",
    each="vpc_config",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(r"Task timed out after", r"[Cc]onnect timeout on endpoint URL", r"ETIMEDOUT"),
)
def check(network: Node, graph: Graph) -> Iterator[Fail]:
    if network.at("ipv6_allowed_for_dual_stack").flag:
        return
    nodes = list(network.each("subnet_ids"))
    found = [declared_subnet(node, graph) for node in nodes]
    if found and all(is_public(subnet) for subnet in found):
        message = f"{found[0].words} leads to an internet gateway, and a function never has the public address that it asks for"
        related = (default_ways(found[0])[0].where, found[0].resource.body)
        yield Fail(network.at("subnet_ids"), message, expected="private subnets with a NAT gateway", related=related)
