r"""A topic policy names a principal by a fixed account id, without a condition.

## Why it matters
The principal may belong to another company by now, or to an account that was closed and whose id nobody watches.
Without a condition the grant holds for whatever it does with the topic.

## Five whys
1. Why does a former partner still get our events? The topic policy names its role.
2. Why was it not removed? The account id says nothing to whoever reads the policy.
3. Why is there no condition that ends it? `aws:PrincipalOrgID` would have, when the account left.

## Fix now
If the account is ours, add `StringEquals: {"aws:PrincipalOrgID": "o-..."}`; the grant then ends when the account
leaves the organization. If it is a partner's, narrow the actions to what it does and write its name in `Sid`. If it
is this very account, use `data.aws_caller_identity.current.account_id`.

## Workaround
`aws sns remove-permission --topic-arn ARN --label SID` takes one statement away.

## Prevent
Keep the list of foreign accounts in one local value with their names.

## Validate
`aws sns get-topic-attributes --topic-arn ARN --query Attributes.Policy --output text` shows the condition.

## Bad
```hcl
resource "aws_sns_topic_policy" "orders" {
  arn = "arn:aws:sns:eu-west-1:111122223333:orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::444455556666:role/warehouse" } # finding
      Action    = "sns:Subscribe"
      Resource  = "arn:aws:sns:eu-west-1:111122223333:orders"
    }]
  })
}
```

## Good
```hcl
resource "aws_sns_topic_policy" "orders" {
  arn = "arn:aws:sns:eu-west-1:111122223333:orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::444455556666:role/warehouse" }
        Action    = "sns:Subscribe"
        Resource  = "arn:aws:sns:eu-west-1:111122223333:orders"
        Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
      },
      {
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:eu-west-1:111122223333:orders"
      },
    ]
  })
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.policy import Statement, resource_statements

_ACCOUNT = re.compile(r"(?:arn:[^:]*:(?:iam|sts)::)?(\d{12})(?::.*)?")


@rule(
    target="aws_sns_topic_policy",
    each=resource_statements,
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="CKV_AWS_385",
)
def check(statement: Statement) -> Iterator[Fail]:
    if not statement.allows:
        return
    for principal in statement.principals:
        found = None if principal.where.unknown or principal.kind == "Service" else _ACCOUNT.fullmatch(principal.where.text or "")
        if found and statement.unconditional:
            yield Fail(
                principal.where,
                f"account {found[1]} is let in without a condition",
                expected="a condition on aws:PrincipalOrgID, or no fixed id",
            )
