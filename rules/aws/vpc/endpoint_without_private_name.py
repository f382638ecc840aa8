"""An interface endpoint is not used by programs that call the service by its name.

## Why it matters
SDKs and the command line call `secretsmanager.eu-west-1.amazonaws.com`. Unless the endpoint has private DNS, that name goes on leading
to the public addresses: calls leave by the NAT gateway, or time out where there is none, and the endpoint is paid for by the hour for
nothing.

## Five whys
1. Why does the call time out in a private subnet with an endpoint? It goes to a public address.
2. Why? The service's name resolves to one.
3. Why not to the endpoint? `private_dns_enabled` is off, as it is in Terraform unless one asks for it.

## Fix now
`aws ec2 modify-vpc-endpoint --vpc-endpoint-id vpce-… --private-dns-enabled` (the VPC needs DNS support and DNS hostnames); it holds at
once for new connections.

## Workaround
`AWS_ENDPOINT_URL_SECRETS_MANAGER=https://vpce-….secretsmanager.eu-west-1.vpce.amazonaws.com` in the environment of the client.

## Prevent
`private_dns_enabled = true` in the module for endpoints. A central endpoint that other VPCs use has a private hosted zone with the
service's name instead.

## Validate
On a host of the VPC, `dig +short secretsmanager.eu-west-1.amazonaws.com` prints private addresses.

## Bad
```hcl
resource "aws_vpc_endpoint" "secrets" { # finding
  vpc_id             = "vpc-0123456789abcdef0"
  service_name       = "com.amazonaws.eu-west-1.secretsmanager"
  vpc_endpoint_type  = "Interface"
  security_group_ids = ["sg-0123456789abcdef0"]
}
```

## Good
```hcl
resource "aws_vpc_endpoint" "secrets" {
  vpc_id              = "vpc-0123456789abcdef0"
  service_name        = "com.amazonaws.eu-west-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  security_group_ids  = ["sg-0123456789abcdef0"]
}

resource "aws_vpc_endpoint" "partner" {
  vpc_id             = "vpc-0123456789abcdef0"
  service_name       = "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"
  vpc_endpoint_type  = "Interface"
  security_group_ids = ["sg-0123456789abcdef0"]
}
```

```hcl
resource "aws_vpc_endpoint" "central" {
  vpc_id             = "vpc-0123456789abcdef0"
  service_name       = "com.amazonaws.eu-west-1.sqs"
  vpc_endpoint_type  = "Interface"
  security_group_ids = ["sg-0123456789abcdef0"]
}

resource "aws_route53_zone" "sqs" {
  name = "sqs.eu-west-1.amazonaws.com"

  vpc {
    vpc_id = "vpc-0123456789abcdef0"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.cache import per_graph
from auditor.views.decide import given
from auditor.views.endpoint import ENDPOINT, endpoint_type, service

CALLED_OTHERWISE = frozenset({"s3", "dynamodb", "execute-api", "s3-global.accesspoint"})
"""Services with gateway endpoints, and APIs whose private names would hide public ones."""


@rule(
    target=ENDPOINT,
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    symptoms=(r"[Cc]onnect timeout on endpoint URL", r"Could not connect to the endpoint URL"),
)
def check(endpoint: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    private = endpoint.at("private_dns_enabled")
    if endpoint_type(resource) != "Interface" or (given(private) and private.flag is not False):
        return
    name = service(resource)
    if name.startswith("com.amazonaws.") or "vpce-svc-" in name or name in CALLED_OTHERWISE or not name:
        return  # names of others' services are agreed on with them
    if _named_elsewhere(graph):
        return
    message = f"the name of {name} does not lead to the endpoint"
    yield Fail(private, message, expected="private_dns_enabled = true, or a private zone of that name")


@per_graph
def _named_elsewhere(graph: Graph) -> bool:
    """Whether a zone, or a profile of zones, may answer the names of AWS services."""
    if graph.of("aws_route53profiles_association", "aws_route53profiles_resource_association"):
        return True
    zones = [zone.at("name") for zone in graph.of("aws_route53_zone")]
    return any(zone.unknown or (zone.text or "").rstrip(".").endswith("amazonaws.com") for zone in zones)
