"""A VPC endpoint has private DNS names, but the VPC does not resolve them.

## Why it matters
`private_dns_enabled` needs both DNS settings of the VPC. Without them AWS refuses the endpoint, or the names still lead to public
addresses: calls leave through the NAT gateway or, in a subnet without one, time out while the endpoint looks healthy.

## Five whys
1. Why does the call to the API time out in the private subnet? Its name resolves to a public address.
2. Why, with an endpoint in the VPC? The endpoint's private name is not served.
3. Why not? `enable_dns_hostnames` of the VPC is off, as it is for every VPC that does not ask for it.

## Fix now
`aws ec2 modify-vpc-attribute --vpc-id vpc-… --enable-dns-hostnames` (and `--enable-dns-support`), one per call; it takes effect without
a restart. Set both in the code.

## Workaround
Call the endpoint by its own name: `aws --endpoint-url https://vpce-….execute-api.eu-west-1.vpce.amazonaws.com …`.

## Prevent
Set both in the module that creates VPCs; nothing is lost by it.

## Validate
On a host of the VPC, `dig +short secretsmanager.eu-west-1.amazonaws.com` prints private addresses.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc_endpoint" "secrets" {
  vpc_id              = aws_vpc.main.id
  service_name        = "com.amazonaws.eu-west-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true # finding
}
```

## Good
```hcl
resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_vpc_endpoint" "secrets" {
  vpc_id              = aws_vpc.main.id
  service_name        = "com.amazonaws.eu-west-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Severity, rule


@rule(
    target="aws_vpc_endpoint",
    severity=Severity.HIGH,
    symptoms=(r"Enabling private DNS requires both enableDnsSupport and enableDnsHostnames", r"[Cc]onnect timeout on endpoint URL"),
)
def check(endpoint: Node, graph: Graph) -> Iterator[Fail]:
    private = endpoint.at("private_dns_enabled")
    if private.missing or not private.flag:
        return
    for vpc in graph.targets(endpoint.at("vpc_id"), "aws_vpc"):
        if vpc.at("enable_dns_support").flag is False:
            yield Fail(private, f"{vpc.address.text} has enable_dns_support = false", expected="true", related=(vpc.body,))
        elif not vpc.at("enable_dns_hostnames").flag:
            yield Fail(private, f"{vpc.address.text} does not set enable_dns_hostnames", expected="true", related=(vpc.body,))
