"""A function that calls into the network has the default time of 3 seconds.

## Why it matters
A function in a VPC, or with the address of a service in its environment, talks to a database or a service. Its first connection, a
failover or one slow query takes longer than three seconds, and Lambda kills it in the middle: `Task timed out after 3.00 seconds`, with
the transaction open.

## Five whys
1. Why did the function die during the failover? It had run for three seconds.
2. Why only three? No `timeout` is set, and that is Lambda's default.
3. Why was it enough until now? A warm connection answers in 40 ms.

## Fix now
`aws lambda update-function-configuration --function-name NAME --timeout 30`: about twice the slowest good call, and less than what
its caller waits.

## Workaround
Shorten what is inside: connect and query timeouts of the client below three seconds, so that the error names the cause.

## Prevent
Make the timeout a required argument of the module; keep it below the caller's (29 s behind API Gateway) and a sixth of the queue's
visibility timeout.

## Validate
`aws lambda get-function-configuration --function-name NAME --query Timeout`; the metric `Duration` p99 stays below half of it.

## Bad
```hcl
resource "aws_lambda_function" "ledger" { # finding
  function_name = "ledger"
  role          = "arn:aws:iam::111122223333:role/ledger"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}

resource "aws_lambda_function" "rates" { # finding
  function_name = "rates"
  role          = "arn:aws:iam::111122223333:role/rates"
  environment {
    variables = { RATES_URL = "https://rates.example.com/v1" }
  }
}
```

## Good
```hcl
resource "aws_lambda_function" "ledger" {
  function_name = "ledger"
  role          = "arn:aws:iam::111122223333:role/ledger"
  timeout       = 20

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}

resource "aws_lambda_function" "rename" {
  function_name = "rename"
  role          = "arn:aws:iam::111122223333:role/rename"
  environment {
    variables = { PREFIX = "orders/" }
  }
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Resource, Severity, rule
from auditor.views.started import text_of

ADDRESS = re.compile(r"(?:https?|postgres(?:ql)?|mysql|redis|rediss|amqps?|mongodb(?:\+srv)?)://")
HOSTS = frozenset({"address", "endpoint", "reader_endpoint", "dns_name", "primary_endpoint_address", "invoke_url", "api_endpoint"})


@rule(
    target="aws_lambda_function",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    symptoms=["Task timed out after 3\\.\\d+ seconds"],
)
def check(function: Node, resource: Resource) -> Iterator[Fail]:
    timeout = function.at("timeout")
    default = timeout.missing or (resource.facet is not Facet.WRITTEN and timeout.number == 3)
    if default and (function.at("vpc_config").present or _calls(function)):
        message = "the function has three seconds for calls through the network, because no timeout is set"
        yield Fail(timeout, message, expected="twice the slowest usual run")


def _calls(function: Node) -> bool:
    """Whether the environment holds an address of something that it calls."""
    for _, node in function.at("environment.variables").entries():
        if ADDRESS.match(text_of(node)) or any(ref.attribute.partition("[")[0] in HOSTS for ref in node.refs):
            return True
    return False
