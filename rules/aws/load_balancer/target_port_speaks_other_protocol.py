"""A target group's protocol does not look like that of the port behind it.

## Why it matters
A load balancer that speaks TLS to a plain port (or the reverse) gets no answer that it understands: every request ends in 502, although
security groups, routes and the application itself are in order.

## Five whys
1. Why does every request end with 502? The load balancer cannot read the target's answer.
2. Why not? It speaks TLS, and the target speaks plain HTTP, or the other way round.
3. Why? `protocol` of the target group was taken from the listener; TLS ends at the load balancer.

## Fix now
Set the group's protocol to what the port speaks: HTTP for a server without a certificate of its own. It cannot be changed in place; use
`create_before_destroy` with a new name.

## Workaround
Let the program serve the other protocol on a second port, and register that one: `aws elbv2 register-targets --target-group-arn ARN
--targets Id=…,Port=…`.

## Prevent
Name ports after what they speak, and use 443 and 8443 for TLS only.

## Validate
From a host in the VPC: `curl -sv http://TARGET:PORT/` or `curl -skv https://TARGET:PORT/`, whichever answers, is the protocol.

## Bad
```hcl
resource "aws_lb_target_group" "web" {
  port        = 8443
  protocol    = "HTTP" # finding
  target_type = "ip"
  vpc_id      = "vpc-0123456789abcdef0"
}

resource "aws_lb_target_group" "plain" {
  port        = 443
  protocol    = "HTTPS" # finding
  target_type = "ip"
  vpc_id      = "vpc-0123456789abcdef0"

  health_check {
    protocol = "HTTPS"
  }
}

resource "aws_ecs_task_definition" "plain" {
  family                = "plain"
  network_mode          = "awsvpc"
  container_definitions = jsonencode([{ name = "nginx", image = "nginx:1.29", portMappings = [{ containerPort = 80 }] }])
}

resource "aws_ecs_service" "plain" {
  name            = "plain"
  task_definition = aws_ecs_task_definition.plain.arn

  load_balancer {
    target_group_arn = aws_lb_target_group.plain.arn
    container_name   = "nginx"
    container_port   = 80
  }
}
```

## Good
```hcl
resource "aws_lb_target_group" "web" {
  port        = 8443
  protocol    = "HTTPS"
  target_type = "ip"
  vpc_id      = "vpc-0123456789abcdef0"
}

resource "aws_lb_target_group" "plain" {
  port        = 80
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0123456789abcdef0"
}

resource "aws_lb_target_group" "mesh" {
  port        = 8080
  protocol    = "HTTPS"
  target_type = "ip"
  vpc_id      = "vpc-0123456789abcdef0"
}

resource "aws_lb_target_group" "envoy" {
  port     = 443
  protocol = "TCP"
  vpc_id   = "vpc-0123456789abcdef0"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import given
from auditor.views.ecs_service import SERVICE, Bound, bound
from auditor.views.load_balancer import TARGET_GROUPS

TLS_PORTS = frozenset({443, 8443, 9443})
PLAIN_PORTS = frozenset({80, 3000, 5000, 8000, 8080})


@rule(
    target=f"{TARGET_GROUPS} {SERVICE}",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    symptoms=(r"502 Bad Gateway", r"plain HTTP request was sent to HTTPS port", r"SSL routines.*wrong version number"),
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if resource.kind == SERVICE:
        for binding in bound(resource, graph):
            yield from _container(binding)
        return
    port = body.at("port")
    if body.at("protocol").text == "HTTP" and given(port) and port.number in TLS_PORTS and body.at("target_type").text != "lambda":
        message = f"the group speaks plain HTTP to port {port.text}, which is a port of TLS"
        yield Fail(body.at("protocol"), message, expected="HTTPS, or the plain port", related=(port,))


def _container(binding: Bound) -> Iterator[Fail]:
    """A container that maps nothing but one well-known plain port has nothing that speaks TLS."""
    number = binding.block.at("container_port").number
    if number not in PLAIN_PORTS:
        return
    for group in binding.groups:
        protocol = group.at("protocol")
        mapped = {mapping.at("containerPort").number for it in binding.containers for mapping in it.each("portMappings")}
        if protocol.text == "HTTPS" and mapped == {number}:
            message = f"{group.address.text} speaks TLS to port {number}, the only one of the container, which is a plain one"
            yield Fail(protocol, message, expected="HTTP, or a port that speaks TLS", related=(binding.block,))
