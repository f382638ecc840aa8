"""An API gives up before the load balancer or service behind it may be finished.

## Why it matters
The gateway answers 504 after its integration timeout (29 seconds for REST, 30 for HTTP APIs) whatever the service does. Load balancer and
application were given more time, so they go on working for a client that is gone, hold their database connections, and the client's retry
starts the same work once more.

## Five whys
1. Why do clients get `Endpoint request timed out`? The gateway stopped waiting.
2. Why does the service log success? It answered 20 seconds later, into nothing.
3. Why was it still working? Its own limit and that of the load balancer are longer than the gateway's.
4. Why do they differ? Each was raised where it hurt, and nobody compared them.

## Fix now
Lower the time of the service below the gateway's: `aws elbv2 modify-load-balancer-attributes --load-balancer-arn ARN --attributes
Key=idle_timeout.timeout_seconds,Value=25`, and the worker's timeout (`gunicorn --timeout 25`).

## Workaround
A Regional REST API may wait longer after a quota increase (Service Quotas, API Gateway, maximum integration timeout).

## Prevent
Answer 202 with an id for what takes long, and let the client ask for the result.

## Validate
`aws apigateway get-integration --rest-api-id ID --resource-id R --http-method GET --query timeoutInMillis` is the largest of all times on
the way inwards.

## Bad
```hcl
resource "aws_lb" "inner" {
  name         = "inner"
  internal     = true
  idle_timeout = 120
}

resource "aws_lb_listener" "inner" {
  load_balancer_arn = aws_lb.inner.arn
  port              = 80
}

resource "aws_apigatewayv2_integration" "orders" { # finding
  api_id           = "a1b2c3d4e5"
  integration_type = "HTTP_PROXY"
  integration_uri  = aws_lb_listener.inner.arn
  connection_type  = "VPC_LINK"
  connection_id    = "v1l2k3"
}
```

## Good
```hcl
resource "aws_lb" "inner" {
  name         = "inner"
  internal     = true
  idle_timeout = 30
}

resource "aws_lb_listener" "inner" {
  load_balancer_arn = aws_lb.inner.arn
  port              = 80
}

resource "aws_apigatewayv2_integration" "orders" {
  api_id           = "a1b2c3d4e5"
  integration_type = "HTTP_PROXY"
  integration_uri  = aws_lb_listener.inner.arn
  connection_type  = "VPC_LINK"
  connection_id    = "v1l2k3"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.timeouts.call import calls_from
from auditor.views.timeouts.work import declared_time


@rule(
    target="aws_api_gateway_integration aws_apigatewayv2_integration",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=["Endpoint request timed out", "Execution failed due to a timeout error"],
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for call in calls_from(resource, graph):
        if call.callee.kind == "aws_lambda_function":
            continue  # a rule of its own
        for taker, needs in declared_time(call.callee, graph):
            if needs.seconds > call.waits.seconds:
                message = (
                    f"the gateway answers 504 after {call.waits.seconds:g} s ({call.waits.said}), {taker.address.text} may take "
                    f"{needs.seconds:g} s ({needs.said})"
                )
                yield Fail(call.waits.where, message, expected=f"at most {call.waits.seconds:g} s inside", related=(needs.where,))
                break
