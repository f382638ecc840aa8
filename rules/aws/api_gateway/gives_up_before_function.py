"""An API gives up before the function behind it may be finished.

## Why it matters
The caller gets 504 while the function goes on, finishes and commits; the caller tries again, and the work is done twice. The function's
own logs show success, so the search begins in the wrong place.

## Five whys
1. Why did the customer get an error for an order that exists? The gateway answered 504 before the function had finished.
2. Why? It waits 29 seconds, the function may run 60.
3. Why was the timeout raised? Some orders take long, and the error was taken for the function's.

## Fix now
Lower the function's timeout below the gateway's so that the error shows where it arises: `aws lambda update-function-configuration
--function-name NAME --timeout 25`. Work that needs longer: answer 202, and do it asynchronously (SQS, Step Functions).

## Workaround
For regional and private REST APIs the 29 seconds can be raised by a quota increase and `timeout_milliseconds`.

## Prevent
One local for both numbers; an idempotency key for writes.

## Validate
`IntegrationLatency` p99 stays below the limit; `aws lambda get-function-configuration --query Timeout`.

## Bad
```hcl
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  timeout       = 60
}

resource "aws_api_gateway_integration" "orders" { # finding
  rest_api_id             = "a1b2c3d4e5"
  resource_id             = "abc123"
  http_method             = "POST"
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.orders.invoke_arn
}
```

## Good
```hcl
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  timeout       = 25
}

resource "aws_api_gateway_integration" "orders" {
  rest_api_id             = "a1b2c3d4e5"
  resource_id             = "abc123"
  http_method             = "POST"
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.orders.invoke_arn
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.lambda_function import functions

_DEFAULTS = {"aws_api_gateway_integration": ("uri", 29_000), "aws_apigatewayv2_integration": ("integration_uri", 30_000)}


@rule(
    target="aws_api_gateway_integration aws_apigatewayv2_integration",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=["Endpoint request timed out", "Execution failed due to a timeout error"],
)
def check(integration: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    path, default = _DEFAULTS[resource.kind]
    asynchronous = integration.at('request_parameters["integration.request.header.X-Amz-Invocation-Type"]')
    if asynchronous.present and "Event" in (asynchronous.text or ""):
        return
    for function in functions(integration.at(path), graph):
        timeout, limit = function.at("timeout"), integration.at("timeout_milliseconds")
        waits = default if limit.missing else limit.number
        runs = timeout.number if timeout.present else None
        if waits is not None and runs is not None and runs * 1000 > waits:
            message = f"the gateway answers 504 after {waits / 1000:g} s, {function.address.text} may run {runs:g} s"
            yield Fail(limit, message, expected="a function timeout below the gateway's", related=(timeout,))
