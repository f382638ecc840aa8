r"""A topic policy lets everybody in.

## Why it matters
An open `sns:Subscribe` sends a copy of every message to strangers; an open `sns:Publish` lets them wake people up, or
start the automation that listens.

## Five whys
1. Why did a foreign address receive our alarms? It subscribed to the topic.
2. Why was that accepted? The topic policy allows `sns:Subscribe` to `*`.
3. Why? AWS's default policy has `*` as well, with a condition on the owner that was lost when the policy was
   rewritten.

## Fix now
Put the condition back: `StringEquals: {"AWS:SourceOwner": "ACCOUNT_ID"}` (`aws:SourceAccount` for services), or name
the principals. Look who is subscribed: `aws sns list-subscriptions-by-topic --topic-arn ARN`, and `aws sns
unsubscribe --subscription-arn ARN` for strangers.

## Workaround
`aws sns set-topic-attributes --topic-arn ARN --attribute-name Policy --attribute-value file://policy.json` puts the
right policy there at once.

## Prevent
Give publishers their rights by their own policies; a topic policy is needed only for services and other accounts.

## Validate
`aws sns get-topic-attributes --topic-arn ARN --query Attributes.Policy` shows no `*` without a condition on the
caller.

## Bad
```hcl
resource "aws_sns_topic_policy" "alarms" {
  arn = "arn:aws:sns:eu-west-1:111122223333:alarms"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" } # finding
      Action    = ["sns:Publish", "sns:Subscribe"]
      Resource  = "arn:aws:sns:eu-west-1:111122223333:alarms"
    }]
  })
}
```

## Good
```hcl
resource "aws_sns_topic_policy" "alarms" {
  arn = "arn:aws:sns:eu-west-1:111122223333:alarms"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = ["sns:Publish", "sns:Subscribe"]
      Resource  = "arn:aws:sns:eu-west-1:111122223333:alarms"
      Condition = { StringEquals = { "AWS:SourceOwner" = "111122223333" } }
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Profile, Resource, Severity, rule
from auditor.views.iam.strangers import let_in
from auditor.views.policy import Statement, resource_statements


@rule(
    target="aws_sns_topic aws_sns_topic_policy",
    each=resource_statements,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="CKV_AWS_169 CKV_AWS_283",
)
def check(statement: Statement, resource: Resource, graph: Graph) -> Iterator[Fail]:
    principal = let_in(statement, resource, graph)
    if principal is not None:
        yield Fail(
            principal.where,
            "everybody may do this with the topic",
            expected="the publishers and subscribers, or a condition on aws:SourceArn or aws:SourceAccount",
        )
