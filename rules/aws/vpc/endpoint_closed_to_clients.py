"""An interface endpoint does not admit its clients on port 443.

## Why it matters
The service's name leads to the endpoint, and the endpoint's security group drops the connection: calls that would get through without
the endpoint time out because of it.

## Five whys
1. Why do calls to the service hang since the endpoint was created? Their name now leads to the endpoint.
2. Why does it not answer? Its security group admits nobody who calls it on 443.
3. Why not? No group was named, so it has the VPC's default one; or the rule is for the group of another service.

## Fix now
`aws ec2 authorize-security-group-ingress --group-id sg-ENDPOINT --protocol tcp --port 443 --cidr RANGE_OF_THE_VPC`; it holds at once.
The same as an `aws_vpc_security_group_ingress_rule`.

## Workaround
`aws ec2 modify-vpc-endpoint --vpc-endpoint-id vpce-… --no-private-dns-enabled` sends calls back over the NAT gateway, where there is one.

## Prevent
One security group for all interface endpoints, which admits the VPC's range on 443.

## Validate
On a client, `curl -sv -m 5 https://SERVICE.REGION.amazonaws.com` connects to a private address.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "private" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_security_group" "app" {
  vpc_id = aws_vpc.main.id

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "endpoints" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.1.0.0/16"]
  }
}

resource "aws_vpc_endpoint" "queues" {
  vpc_id              = aws_vpc.main.id
  service_name        = "com.amazonaws.eu-west-1.sqs"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.private.id]
  security_group_ids  = [aws_security_group.endpoints.id] # finding
}

resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

  vpc_config {
    subnet_ids         = [aws_subnet.private.id]
    security_group_ids = [aws_security_group.app.id]
  }
}
```

## Good
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "private" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_security_group" "app" {
  vpc_id = aws_vpc.main.id

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "endpoints" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.0.0/16"]
  }
}

resource "aws_vpc_endpoint" "queues" {
  vpc_id              = aws_vpc.main.id
  service_name        = "com.amazonaws.eu-west-1.sqs"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.private.id]
  security_group_ids  = [aws_security_group.endpoints.id]
}

resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

  vpc_config {
    subnet_ids         = [aws_subnet.private.id]
    security_group_ids = [aws_security_group.app.id]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, Undecided, rule
from auditor.views.api_use import WORKLOADS, uses
from auditor.views.endpoint import ENDPOINT, endpoint_type, service
from auditor.views.in_vpc import interfaces_in
from auditor.views.network.flow import Code, Flow, flow
from auditor.views.network.interface import Interface, ends
from auditor.views.network.vpc import vpc_of

HTTPS = 443
PROGRAMS = frozenset([*WORKLOADS.split(), "aws_instance", "aws_autoscaling_group", "aws_codebuild_project"])


@rule(
    target=ENDPOINT,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(r"[Cc]onnect timeout on endpoint URL", r"Could not connect to the endpoint URL", r"i/o timeout"),
)
def check(endpoint: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if endpoint_type(resource) != "Interface" or service(resource).startswith("com.amazonaws."):
        return
    cards = ends(graph, resource)
    programs = [it for it in interfaces_in(vpc_of(resource, graph), graph) if it.resource.kind in PROGRAMS and not it.resource.doubt]
    callers = [it for it in programs if _calls(it, service(resource), graph)]
    asked = [flow(graph, caller, cards[0], "tcp", HTTPS) for caller in (callers or programs)] if cards else []
    closed = [it for it in asked if it.truth is False and _refused(it)]
    if closed and (callers or len(closed) == len(asked)):
        first = closed[0]
        reason = "; ".join(dict.fromkeys(it.reason for it in first.blockers if it.code is Code.GROUP_INGRESS))
        who = "" if callers else ", and nothing else of the VPC is admitted either"
        message = f"{first.source.words} is not admitted on tcp {HTTPS}: {reason}{who}"
        groups = endpoint.at("security_group_ids")
        related = tuple(it.where for it in first.blockers)
        yield Fail(groups, message, expected=f"tcp {HTTPS} from the clients", related=related)
    elif unknown := next((it for it in asked if it.truth is None), None):
        raise unknown.gaps[0].undecided


def _refused(found: Flow) -> bool:
    return any(blocker.code is Code.GROUP_INGRESS for blocker in found.blockers)


def _calls(caller: Interface, name: str, graph: Graph) -> bool:
    try:
        return any(use.service == name for use in uses(caller.resource, graph))
    except Undecided:
        return False
