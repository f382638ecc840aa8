r"""A queue policy allows every action.

## Why it matters
Who was meant to send can also purge the queue, delete it, or change its policy and let others in. With SNS or
EventBridge as the caller nothing of that is ever needed.

## Five whys
1. Why is the queue empty? It was purged.
2. By whom? By an account that only sends messages.
3. Why could it? The policy allows `*`, since "it is only this queue".

## Fix now
Allow `sqs:SendMessage` to senders, `sqs:ReceiveMessage`, `sqs:DeleteMessage` and `sqs:GetQueueAttributes` to
receivers.

## Workaround
Add a Deny for `sqs:PurgeQueue`, `sqs:DeleteQueue`, `sqs:AddPermission` and `sqs:SetQueueAttributes` to the same
policy.

## Prevent
Write queue policies with `data.aws_iam_policy_document` from a module that knows senders and receivers.

## Validate
`aws sqs get-queue-attributes --queue-url URL --attribute-names Policy --query Attributes.Policy --output text` shows
single actions.

## Bad
```hcl
resource "aws_sqs_queue_policy" "jobs" {
  queue_url = "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::444455556666:role/shop" }
      Action    = "sqs:*" # finding
      Resource  = "arn:aws:sqs:eu-west-1:111122223333:jobs"
    }]
  })
}
```

## Good
```hcl
resource "aws_sqs_queue_policy" "jobs" {
  queue_url = "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::444455556666:role/shop" }
      Action    = "sqs:SendMessage"
      Resource  = "arn:aws:sqs:eu-west-1:111122223333:jobs"
    }]
  })
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.policy import Statement, resource_statements

_EVERYTHING = re.compile(r"(sqs:)?\*+", re.IGNORECASE)


@rule(
    target="aws_sqs_queue aws_sqs_queue_policy",
    each=resource_statements,
    severity=Severity.MEDIUM,
    aliases="CKV_AWS_72 AVD-AWS-0097 aws-sqs-no-wildcards-in-policy-documents",
)
def check(statement: Statement) -> Iterator[Fail]:
    action = next((pattern for pattern in statement.actions if _EVERYTHING.fullmatch(pattern.text or "")), None)
    if action is not None and statement.allows:
        yield Fail(action, "every action on the queue is allowed", expected="sqs:SendMessage, or what the receiver needs")
