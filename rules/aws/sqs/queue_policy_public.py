r"""A queue policy lets everybody in.

## Why it matters
Whoever knows the queue's URL can send messages that our consumers believe, or take ours away before they are worked
off. Both look like a bug in our own code for a long time.

## Five whys
1. Why were orders shipped that nobody placed? Messages came from outside.
2. Why could they? The queue policy allows `sqs:SendMessage` to `*`.
3. Why `*`? It was copied from an example for SNS, without the condition on the topic.

## Fix now
Name the sender. For SNS, EventBridge and S3: `Principal = { Service = "sns.amazonaws.com" }` with `ArnEquals:
{"aws:SourceArn": TOPIC_ARN}`. For a role of ours: its ARN, or no queue policy at all, since the role's own policy is
enough inside one account.

## Workaround
Take the statement away at once: `aws sqs set-queue-attributes --queue-url URL --attributes Policy=""`. Senders of the
same account go on working through their own policies.

## Prevent
Make queue and subscription in one module that writes the policy from the topic's ARN.

## Validate
`aws sqs get-queue-attributes --queue-url URL --attribute-names Policy` shows no `*` as principal without a condition
on the caller.

## Bad
```hcl
resource "aws_sqs_queue_policy" "orders" {
  queue_url = "https://sqs.eu-west-1.amazonaws.com/111122223333/orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" } # finding
      Action    = "sqs:SendMessage"
      Resource  = "arn:aws:sqs:eu-west-1:111122223333:orders"
    }]
  })
}
```

## Good
```hcl
resource "aws_sns_topic" "orders" {
  name = "orders"
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = "https://sqs.eu-west-1.amazonaws.com/111122223333/orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sqs:SendMessage"
      Resource  = "arn:aws:sqs:eu-west-1:111122223333:orders"
      Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.orders.arn } }
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
    target="aws_sqs_queue aws_sqs_queue_policy",
    each=resource_statements,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="CKV_AWS_168 CKV_AWS_387 CKV_AWS_283",
)
def check(statement: Statement, resource: Resource, graph: Graph) -> Iterator[Fail]:
    principal = let_in(statement, resource, graph)
    if principal is not None:
        yield Fail(
            principal.where, "everybody may do this with the queue", expected="the senders and receivers, or a condition on aws:SourceArn"
        )
