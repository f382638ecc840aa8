"""Reserved concurrency leaves the other functions of the account nothing.

## Why it matters
What is reserved for one function is taken from all others, whether it runs or not. Lambda keeps 100 executions unreserved and refuses a
reservation beyond that; the functions without one share those 100, and are throttled by any burst among them.

## Five whys
1. Why did the deployment fail with `InvalidParameterValueException`? The account would have had less than 100 unreserved executions.
2. Why? The reservations add up to almost the whole limit.
3. Why did nobody see it? Each function reserves for itself, and the limit stands nowhere in the code.

## Fix now
`aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 5000`, or lower the largest
reservation in the message.

## Workaround
`maximum_concurrency` of an event source mapping holds a queue's consumer back without reserving anything.

## Prevent
Reserve only where a limit has to be kept (a database) or a share is owed (payments). Set the option `account_limit` to the quota of your
account; 1,000 is the default quota, and 100 (`unreserved`) is what Lambda keeps free, as the AWS Lambda guide says.

## Validate
`aws lambda get-account-settings --query AccountLimit` shows `UnreservedConcurrentExecutions` well above 100.

## Bad
```hcl
resource "aws_lambda_function" "import" {
  function_name                  = "import"
  role                           = "arn:aws:iam::111122223333:role/import"
  reserved_concurrent_executions = 600 # finding
}

resource "aws_lambda_function" "mail" {
  function_name                  = "mail"
  role                           = "arn:aws:iam::111122223333:role/mail"
  reserved_concurrent_executions = 301
}
```

## Good
```hcl
resource "aws_lambda_function" "import" {
  function_name                  = "import"
  role                           = "arn:aws:iam::111122223333:role/import"
  reserved_concurrent_executions = 600
}

resource "aws_lambda_function" "mail" {
  function_name                  = "mail"
  role                           = "arn:aws:iam::111122223333:role/mail"
  reserved_concurrent_executions = 300
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.lambda_function import concurrency_taken


@rule(
    target="aws_lambda_function",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    options={"account_limit": 1000, "unreserved": 100},
    symptoms=["decreases account's UnreservedConcurrentExecution below its minimum value", "TooManyRequestsException", "Rate Exceeded"],
)
def check(function: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    taken = concurrency_taken(graph)
    if not taken.largest and function.at("reserved_concurrent_executions").present:
        taken.decided()
    if not taken.largest or taken.largest[0].resource is not resource:
        return
    room = options["account_limit"] - options["unreserved"]
    if taken.total <= room:
        taken.decided()
        return
    taken.in_one_region()
    said = ", ".join(f"{it.resource.address.text} {it.number}" for it in taken.largest[:5])
    more = f" and {len(taken.largest) - 5} more" if len(taken.largest) > 5 else ""
    message = (
        f"functions reserve {taken.total} of {options['account_limit']} concurrent executions, and {options['unreserved']} have to stay "
        f"free: {said}{more}"
    )
    where = function.at("reserved_concurrent_executions")
    yield Fail(where, message, expected=f"at most {room} together", related=tuple(it.where for it in taken.largest[:5]))
