"""No customer managed key encrypts a Kendra index.

## Why it matters
The index holds the text of the company's documents, also of those that few may read. Under AWS's key nobody can cut it off.

## Five whys
1. Why can the index not be locked after the intrusion? Its key is AWS's.
2. Why? `server_side_encryption_configuration` names none.
3. Why? Kendra encrypts without it too; a key can be named at creation only.

## Fix now
Create an index with `kms_key_id`, let the data sources crawl into it, switch the applications, delete the old one.

## Workaround
Narrow `kendra:Query` to the applications' roles.

## Prevent
The key in the module.

## Validate
`aws kendra describe-index --id I --query ServerSideEncryptionConfiguration.KmsKeyId`.

## Bad
```hcl
resource "aws_kendra_index" "docs" { # finding
  name     = "docs"
  role_arn = "arn:aws:iam::111122223333:role/kendra"
}
```

## Good
```hcl
resource "aws_kendra_index" "docs" {
  name     = "docs"
  role_arn = "arn:aws:iam::111122223333:role/kendra"
  server_side_encryption_configuration {
    kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_kendra_index",
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_262",
)
def check(index: Node) -> Iterator[Fail]:
    key = index.at("server_side_encryption_configuration.kms_key_id")
    if lacks_own_key(key):
        yield Fail(key, "no key of one's own encrypts the index", expected="the ARN of a customer managed key")
