"""A private workload calls an API of AWS to which it has no way.

## Why it matters
Its subnets have neither a way to the internet nor an endpoint for the service. Tasks cannot fetch their image or secrets and never
start; functions hang at the first call until their timeout.

## Five whys
1. Why does no task start (`ResourceInitializationError`, `CannotPullContainerError`)? An API of AWS does not answer.
2. Why not? Its name resolves to public addresses, and the subnet has no way there.
3. Why not? It was made private on purpose, and nobody listed what the workload calls.
4. Which ones are those? The finding lists them: for an image from ECR it takes three (ecr.api, ecr.dkr, and S3 for its layers).

## Fix now
Create the endpoints, S3 and DynamoDB as gateway endpoints (they are free): `aws ec2 create-vpc-endpoint --vpc-id vpc-…
--vpc-endpoint-type Interface --service-name com.amazonaws.REGION.SERVICE --subnet-ids subnet-… --security-group-ids sg-…
--private-dns-enabled`. Or a NAT gateway and a default route, which serves all of them.

## Workaround
Run it in a subnet with a NAT gateway for the time being.

## Prevent
Make the endpoints a part of the VPC module's private variant, and keep the list beside the workload.

## Validate
`auditor reach WORKLOAD internet --port 443` says reachable, or `dig +short SERVICE.REGION.amazonaws.com` in the subnet prints private
addresses.

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

resource "aws_vpc_endpoint" "images" {
  vpc_id              = aws_vpc.main.id
  service_name        = "com.amazonaws.eu-west-1.ecr.dkr"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.app.id]
}

resource "aws_ecs_task_definition" "web" {
  family                   = "web"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  execution_role_arn       = "arn:aws:iam::111122223333:role/execution"
  container_definitions    = jsonencode([{ name = "web", image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1.9" }])
}

resource "aws_ecs_service" "web" { # finding
  name            = "web"
  launch_type     = "FARGATE"
  task_definition = aws_ecs_task_definition.web.arn

  network_configuration {
    subnets         = [aws_subnet.private.id]
    security_groups = [aws_security_group.app.id]
  }
}

resource "aws_sqs_queue" "mail" {
  name = "mail"
}

resource "aws_lambda_function" "mail" { # finding
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

  vpc_config {
    subnet_ids         = [aws_subnet.private.id]
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { QUEUE_URL = aws_sqs_queue.mail.url }
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

resource "aws_vpc_endpoint" "queues" {
  vpc_id              = aws_vpc.main.id
  service_name        = "com.amazonaws.eu-west-1.sqs"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.app.id]
}

resource "aws_sqs_queue" "mail" {
  name = "mail"
}

resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

  vpc_config {
    subnet_ids         = [aws_subnet.private.id]
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { QUEUE_URL = aws_sqs_queue.mail.url }
  }
}

resource "aws_lambda_function" "calls_nobody" {
  function_name = "numbers"
  role          = "arn:aws:iam::111122223333:role/numbers"

  vpc_config {
    subnet_ids         = [aws_subnet.private.id]
    security_group_ids = [aws_security_group.app.id]
  }
}

resource "aws_dynamodb_table" "orders" {
  name     = "orders"
  hash_key = "id"
}

resource "aws_lambda_function" "by_proxy" {
  function_name = "proxied"
  role          = "arn:aws:iam::111122223333:role/numbers"

  vpc_config {
    subnet_ids         = [aws_subnet.private.id]
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = {
      TABLE       = aws_dynamodb_table.orders.name
      HTTPS_PROXY = "http://proxy.internal:3128"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.api_use import WORKLOADS, Use, through_proxy, uses
from auditor.views.endpoint import endpoints_in
from auditor.views.network.flow import INTERNET, flow, settle
from auditor.views.network.interface import Interface, ends
from auditor.views.way_out import is_public

ACROSS = frozenset({"transit_gateway_id", "vpc_peering_connection_id", "core_network_arn"})
"""Another network may hold endpoints for this one, by a shared zone."""
HTTPS = 443


@rule(
    target=WORKLOADS,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(
        r"ResourceInitializationError: unable to pull secrets or registry auth",
        r"CannotPullContainerError",
        r"[Cc]onnect timeout on endpoint URL",
        r"Could not connect to the endpoint URL",
        r"Task timed out after",
    ),
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    called = uses(resource, graph)
    if not called or through_proxy(resource, graph):
        return
    for interface in ends(graph, resource):
        lacking = _lacking(interface, called, graph)
        if not lacking:
            continue
        way = flow(graph, interface, INTERNET, "tcp", HTTPS)
        if not settle(way):
            names = ", ".join(use.service for use in lacking)
            place = interface.subnet.words if interface.subnet is not None else "its subnet"
            blocked = "; ".join(dict.fromkeys(blocker.reason for blocker in way.blockers))
            message = f"{resource.address.text} calls {names}, for which {place} has neither an endpoint nor a way out: {blocked}"
            related = (*dict.fromkeys(use.where for use in lacking), interface.where, *(blocker.where for blocker in way.blockers))
            yield Fail(body, message, expected=f"endpoints for {names}, or a NAT gateway", related=related)
            return


def _lacking(interface: Interface, called: tuple[Use, ...], graph: Graph) -> list[Use]:
    """What has no endpoint in the VPC; nothing where other rules say what is wrong, or other networks may help."""
    place = interface.subnet
    if place is None:
        raise interface.gaps[0].undecided
    if is_public(place) or any(way.kind in ACROSS for way in place.table.ways):
        return []
    return [use for use in called if use.public or not endpoints_in(place.vpc, graph, use.service)]
