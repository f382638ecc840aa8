"""A public function may run a handful of times at once, and refuses the rest.

## Why it matters
Reserved concurrency is a wall, not a guarantee only: with 3 reserved, the fourth caller gets 429 at once, however idle the account is.
Behind an API or a URL that is an outage by configuration as soon as a few people come together, or one client opens the page with four
requests.

## Five whys
1. Why do visitors get `Rate Exceeded`? The function already runs three times.
2. Why may it not run more often? Three are reserved, and that is its limit.
3. Why three? It was to protect a test database, and went along to production.

## Fix now
`aws lambda delete-function-concurrency --function-name F`, or `put-function-concurrency` with peak requests per second x duration in
seconds x 2.

## Workaround
Let the client try again with a pause: 429 is made for that.

## Prevent
Compute the reservation from traffic: concurrency = requests per second x seconds of one. The option `least` (5) is our proposal.

## Validate
`Throttles` of the function is 0 at peak, and `ConcurrentExecutions` stays below two thirds of the reservation.

## Bad
```hcl
resource "aws_lambda_function" "shop" {
  function_name                  = "shop"
  role                           = "arn:aws:iam::111122223333:role/shop"
  reserved_concurrent_executions = 3 # finding
}

resource "aws_lambda_function_url" "shop" {
  function_name      = aws_lambda_function.shop.function_name
  authorization_type = "NONE"
}
```

## Good
```hcl
resource "aws_lambda_function" "shop" {
  function_name                  = "shop"
  role                           = "arn:aws:iam::111122223333:role/shop"
  reserved_concurrent_executions = 5
}

resource "aws_lambda_function_url" "shop" {
  function_name      = aws_lambda_function.shop.function_name
  authorization_type = "NONE"
}

resource "aws_lambda_function" "nightly" {
  function_name                  = "nightly"
  role                           = "arn:aws:iam::111122223333:role/nightly"
  reserved_concurrent_executions = 1
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.database import non_production
from auditor.views.lambda_function import front_door


@rule(
    target="aws_lambda_function",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    options={"least": 5},
    symptoms=["TooManyRequestsException", "Rate Exceeded"],
)
def check(function: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    limit = function.at("reserved_concurrent_executions")
    number = limit.number if limit.present else None
    if number is None or not 0 < number < options["least"] or non_production(resource):
        return
    door = front_door(resource, graph)
    if door is not None:
        message = f"the function refuses the caller after {number:g}, and {door.address.text} lets everybody call it"
        yield Fail(limit, message, expected=f"at least {options['least']}", related=(door.body,))
