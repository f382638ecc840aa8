"""A queue is encrypted with the AWS managed KMS key.

## Why it matters
The policy of `alias/aws/sqs` cannot be changed. No other account and no AWS service can be allowed to use it, so S3, SNS, EventBridge
and alarms cannot write to the queue, and nobody can lock its readers out by the key.

## Five whys
1. Why do no events arrive from S3? It cannot encrypt with the key of the queue.
2. Why not? The key is AWS's own, and its policy names nobody but callers of SQS in this account.
3. Why that key? It is the one that the console offers first.

## Fix now
Without a need for your own key use SQS's: `aws sqs set-queue-attributes --queue-url URL --attributes
SqsManagedSseEnabled=true,KmsMasterKeyId=`. Otherwise name a key of yours whose policy lets the producing services
`kms:GenerateDataKey` and `kms:Decrypt`.

## Workaround
As above: SSE-SQS works with every producer.

## Prevent
One key per domain with a policy that names the services, passed to the module.

## Validate
`aws sqs get-queue-attributes --queue-url URL --attribute-names KmsMasterKeyId` prints your key or nothing.

## Bad
```hcl
resource "aws_sqs_queue" "orders" {
  name              = "orders"
  kms_master_key_id = "alias/aws/sqs" # finding
}
```

## Good
```hcl
resource "aws_sqs_queue" "orders" {
  name              = "orders"
  kms_master_key_id = "alias/orders"
}
```

```hcl
resource "aws_kms_key" "own" {
  description = "sqs"
}

resource "aws_sqs_queue" "orders" {
  name              = "orders"
  kms_master_key_id = aws_kms_key.own.arn
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_sqs_queue",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV2_AWS_73 AVD-AWS-0135 aws-sqs-queue-encryption-use-cmk",
)
def check(body: Node) -> Iterator[Fail]:
    key = body.at("kms_master_key_id")
    if key.present and lacks_own_key(key) and key.text:
        yield Fail(
            key,
            "the queue is encrypted with the key of AWS, which no other service can use",
            expected="the alias or ARN of a key of your own",
        )
