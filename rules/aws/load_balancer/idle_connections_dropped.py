"""A pool keeps connections longer than the network load balancer on their way.

## Why it matters
A network load balancer forgets a TCP connection after 350 seconds without a packet, and tells nobody. The pool hands such a connection to
the next request, which gets a reset, or waits until the kernel gives up: errors on the first requests of every quiet hour.

## Five whys
1. Why does the first request after lunch fail? Its connection was dead.
2. Why did the pool not know? The load balancer had dropped it silently.
3. Why? Nothing was sent for 350 seconds.
4. Why was the connection still in the pool? It keeps idle ones longer than that.

## Fix now
Keep idle connections shorter than the load balancer does: `DB_POOL_IDLE_TIMEOUT=300s` (`HIKARI_IDLE_TIMEOUT=300000`), and switch TCP
keep-alive on with less than that: `keepalives_idle=120`, `tcpKeepAlive=true`.

## Workaround
Test on borrow (`pool_pre_ping=True`, `connectionTestQuery`), at a round trip for each request.

## Prevent
Set `tcp_idle_timeout_seconds` of the listener (60 to 6,000) and the pool from one variable.

## Validate
`ConnectionResetCount` (`TCP_ELB_Reset_Count`) stays at 0 after a quiet hour.

## Bad
```hcl
resource "aws_lb" "db" {
  name               = "db"
  load_balancer_type = "network"
  internal           = true
}

resource "aws_lb_listener" "db" {
  load_balancer_arn = aws_lb.db.arn
  port              = 5432
  protocol          = "TCP"
}

resource "aws_ecs_task_definition" "api" {
  family = "api"
  container_definitions = jsonencode([{
    name = "api"
    environment = [
      { name = "DB_HOST", value = aws_lb.db.dns_name },
      { name = "HIKARI_IDLE_TIMEOUT", value = "600000" },
    ]
  }])
}

resource "aws_ecs_service" "api" { # finding
  name            = "api"
  task_definition = aws_ecs_task_definition.api.arn
}
```

## Good
```hcl
resource "aws_lb" "db" {
  name               = "db"
  load_balancer_type = "network"
  internal           = true
}

resource "aws_lb_listener" "db" {
  load_balancer_arn = aws_lb.db.arn
  port              = 5432
  protocol          = "TCP"
}

resource "aws_ecs_task_definition" "api" {
  family = "api"
  container_definitions = jsonencode([{
    name = "api"
    environment = [
      { name = "DB_HOST", value = aws_lb.db.dns_name },
      { name = "HIKARI_IDLE_TIMEOUT", value = "300000" },
    ]
  }])
}

resource "aws_ecs_service" "api" {
  name            = "api"
  task_definition = aws_ecs_task_definition.api.arn
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.load_balancer import balancer_type, listeners
from auditor.views.started import started_by, text_of
from auditor.views.timeouts.application import pool_idle_time
from auditor.views.zone import balancers_at

IDLE = 350
"""Seconds that a TCP listener of a network load balancer keeps a quiet connection when nothing is said (Elastic Load Balancing guide)."""
ALIVE = ("keepalives_idle", "tcpKeepAlive=true", "keepalives=1", "KEEPALIVE", "keepAlive=true")


@rule(
    target="aws_ecs_service aws_lambda_function",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    symptoms=["[Cc]onnection reset by peer", "server closed the connection unexpectedly", "TCP_ELB_Reset_Count"],
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for container in started_by(resource, graph):
        kept = pool_idle_time(container.settings)
        texts = [f"{name}={text_of(node)}" for name, node in container.settings.variables]
        if kept is None or any(sign in text for text in texts for sign in ALIVE):
            continue
        for _, node in container.settings.variables:
            for balancer in balancers_at(node, graph):
                if balancer_type(balancer.body) != "network":
                    continue
                idle, where = _idle(balancer, graph)
                if kept.seconds > idle:
                    message = (
                        f"the pool keeps idle connections for {kept.seconds:g} s ({kept.said}), {balancer.address.text} forgets them "
                        f"after {idle:g} s"
                    )
                    yield Fail(body, message, expected=f"less than {idle:g} s, or TCP keep-alive", related=(kept.where, where))
                    return


def _idle(balancer: Resource, graph: Graph) -> tuple[float, Node]:
    """(the shortest time that a listener keeps a quiet connection, where that is written)."""
    nodes = [listener.at("tcp_idle_timeout_seconds") for listener in listeners(balancer, graph)]
    found = [(IDLE if node.missing else node.number or IDLE, node) for node in nodes]
    return min(found, key=lambda pair: pair[0], default=(IDLE, balancer.body))
