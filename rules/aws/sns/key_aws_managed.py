"""A topic is encrypted with the AWS managed KMS key.

## Why it matters
The policy of `alias/aws/sns` cannot be changed: CloudWatch alarms, EventBridge, S3 and other accounts cannot publish to the topic,
and readers cannot be locked out by the key.

## Five whys
1. Why did the alarm not ring? It could not publish to the topic.
2. Why? It may not use the topic's key.
3. Why not? The key belongs to AWS, and its policy lets only callers of SNS in this account in.

## Fix now
Name a key of yours that lets the publishers in: `aws sns set-topic-attributes --topic-arn ARN --attribute-name KmsMasterKeyId
--attribute-value KEY_ID`.

## Workaround
For topics that carry nothing but alarm names: no key at all (`--attribute-value ""`), which every service can publish to.

## Prevent
One key for topics per account whose policy names the services.

## Validate
`aws sns get-topic-attributes --topic-arn ARN --query Attributes.KmsMasterKeyId` prints your key.

## Bad
```hcl
resource "aws_sns_topic" "alarms" {
  name              = "alarms"
  kms_master_key_id = "alias/aws/sns" # finding
}
```

## Good
```hcl
resource "aws_sns_topic" "alarms" {
  name              = "alarms"
  kms_master_key_id = "alias/topics"
}
```

```hcl
resource "aws_kms_key" "own" {
  description = "sns"
}

resource "aws_sns_topic" "orders" {
  name              = "orders"
  kms_master_key_id = aws_kms_key.own.arn
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_sns_topic",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="AVD-AWS-0136 aws-sns-topic-encryption-use-cmk",
)
def check(body: Node) -> Iterator[Fail]:
    key = body.at("kms_master_key_id")
    if key.present and lacks_own_key(key) and key.text:
        yield Fail(
            key,
            "the topic is encrypted with the key of AWS, which no other service can use",
            expected="the alias or ARN of a key of your own",
        )
