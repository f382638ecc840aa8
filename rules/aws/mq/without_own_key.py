"""Messages of a broker are not encrypted with a key of your own.

## Why it matters
With a key of AWS nobody can see who decrypts, lock a reader out, or make a stolen snapshot worthless by disabling the key. The choice
is made once, when the broker is created.

## Five whys
1. Why can the data not be locked by the key? It belongs to AWS.
2. Why? `encryption_options` names none of yours.

## Fix now
A new broker with `encryption_options { use_aws_owned_key = false  kms_key_id = … }`, and move producers and consumers over.

## Workaround
Encrypt what is sensitive in the message itself.

## Prevent
The key as a required argument of the module.

## Validate
`aws mq describe-broker --broker-id ID --query EncryptionOptions`.

## Bad
```hcl
resource "aws_mq_broker" "orders" { # finding
  broker_name        = "orders"
  engine_type        = "RabbitMQ"
  engine_version     = "3.13"
  host_instance_type = "mq.m5.large"
}
```

## Good
```hcl
resource "aws_mq_broker" "orders" {
  broker_name        = "orders"
  engine_type        = "RabbitMQ"
  engine_version     = "3.13"
  host_instance_type = "mq.m5.large"

  encryption_options {
    use_aws_owned_key = false
    kms_key_id        = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(target="aws_mq_broker", severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV_AWS_209")
def check(broker: Node) -> Iterator[Fail]:
    owned, key = broker.at("encryption_options.use_aws_owned_key"), broker.at("encryption_options.kms_key_id")
    if owned.present and owned.flag:
        yield Fail(owned, "messages are encrypted with a key that AWS owns", expected="false, with kms_key_id")
    elif lacks_own_key(key):
        yield Fail(key, "messages are not encrypted with a key of yours", expected="kms_key_id")
