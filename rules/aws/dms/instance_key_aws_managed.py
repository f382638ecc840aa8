"""No customer managed key encrypts the disk of a replication instance.

## Why it matters
Rows on their way between two databases lie on its disk, with the connection data of both. Under `aws/dms` no policy of yours limits who
decrypts.

## Five whys
1. Why is the migration not covered by the key policy of the databases? Its instance has another key.
2. Why? It names none, so `aws/dms` is used.
3. Why was that not seen? The databases on both sides have their keys.

## Fix now
The key is fixed at creation: a new instance with `kms_key_arn`, then `aws dms move-replication-task`.

## Workaround
Delete the instance as soon as the migration is done.

## Prevent
The key in the module.

## Validate
`aws dms describe-replication-instances --query 'ReplicationInstances[].KmsKeyId'`.

## Bad
```hcl
resource "aws_dms_replication_instance" "migration" { # finding
  replication_instance_id    = "migration"
  replication_instance_class = "dms.t3.medium"
}
```

## Good
```hcl
resource "aws_dms_replication_instance" "migration" {
  replication_instance_id    = "migration"
  replication_instance_class = "dms.t3.medium"
  kms_key_arn                = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_dms_replication_instance",
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_212",
)
def check(body: Node) -> Iterator[Fail]:
    key = body.at("kms_key_arn")
    if lacks_own_key(key):
        yield Fail(key, "no key of one's own encrypts the replication instance", expected="the ARN of a customer managed key")
