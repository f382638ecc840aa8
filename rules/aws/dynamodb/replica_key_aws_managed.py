"""No customer managed key encrypts a replica of a table.

## Why it matters
The key of the main table counts in its own region only. Without `kms_key_arn` the replica falls to the key of DynamoDB there, and the same
data is under weaker control in the second region.

## Five whys
1. Why could data be read in the second region by a role without access to the key? The replica is under another key.
2. Why another? It names none, so DynamoDB's own is used.
3. Why was the key not taken over? KMS keys belong to a region, and replicas have to name theirs.

## Fix now
Create a replica of a multi-region key in that region (`aws_kms_replica_key`) and set `kms_key_arn`; the replica is encrypted again in
place.

## Workaround
Limit access to the replica by `aws:RequestedRegion` in the policies of the readers.

## Prevent
Pass a map of region to key into the module.

## Validate
`aws dynamodb describe-table --region R --table-name T --query Table.SSEDescription.KMSMasterKeyArn` prints your key.

## Bad
```hcl
resource "aws_dynamodb_table_replica" "central" { # finding
  global_table_arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/customers"
}
```

## Good
```hcl
resource "aws_dynamodb_table_replica" "central" {
  global_table_arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/customers"
  kms_key_arn      = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_dynamodb_table_replica",
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_271",
)
def check(body: Node) -> Iterator[Fail]:
    key = body.at("kms_key_arn")
    if lacks_own_key(key):
        yield Fail(key, "no key of one's own encrypts the replica", expected="the ARN of a customer managed key")
