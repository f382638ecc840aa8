r"""An event bus accepts events from everybody.

## Why it matters
Rules on the bus start functions, tasks and notifications. With `events:PutEvents` for `*` any AWS account can start
them, with contents of its choice.

## Five whys
1. Why did the refund function run a thousand times? Events asked it to.
2. Who sent them? An account that is not ours; the bus policy allows `*`.
3. Why `*`? All accounts of the company send events, and they were not listed.

## Fix now
Add `StringEquals: {"aws:PrincipalOrgID": "o-..."}` to the statement. At once: `aws events remove-permission
--event-bus-name NAME --statement-id SID`.

## Workaround
Let the rules match on `account`, so that foreign events start nothing: `"account": ["111122223333"]` in the event
pattern.

## Prevent
Let the sending accounts forward by rules with a role, and name those accounts.

## Validate
`aws events describe-event-bus --name NAME --query Policy --output text` shows no `*` without a condition.

## Bad
```hcl
resource "aws_cloudwatch_event_bus_policy" "shop" {
  event_bus_name = "shop"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "all"
      Effect    = "Allow"
      Principal = "*" # finding
      Action    = "events:PutEvents"
      Resource  = "arn:aws:events:eu-west-1:111122223333:event-bus/shop"
    }]
  })
}
```

## Good
```hcl
resource "aws_cloudwatch_event_bus_policy" "shop" {
  event_bus_name = "shop"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "organization"
      Effect    = "Allow"
      Principal = "*"
      Action    = "events:PutEvents"
      Resource  = "arn:aws:events:eu-west-1:111122223333:event-bus/shop"
      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Resource, Severity, rule
from auditor.views.iam.strangers import let_in
from auditor.views.policy import Statement, resource_statements


@rule(aliases="CKV_AWS_283", target="aws_cloudwatch_event_bus_policy", each=resource_statements, severity=Severity.HIGH)
def check(statement: Statement, resource: Resource, graph: Graph) -> Iterator[Fail]:
    principal = let_in(statement, resource, graph)
    if principal is not None:
        yield Fail(
            principal.where,
            "everybody may do this with the event bus",
            expected="the accounts that send events, or a condition on aws:PrincipalOrgID",
        )
