"""No customer managed key encrypts a serverless warehouse.

## Why it matters
A namespace without a key of its own uses one that AWS owns: its use is in no log, it cannot be disabled, and its recovery points cannot be
restored by another account.

## Five whys
1. Why does the audit log show no decryption of the warehouse? The key is AWS's, not the account's.
2. Why? The namespace has no `kms_key_id`.
3. Why? Data is encrypted without it too, which was taken for enough.

## Fix now
`aws redshift-serverless update-namespace --namespace-name N --kms-key-id KEY`; queries wait while the data is encrypted again.

## Workaround
Restrict `redshift-serverless:GetCredentials` and `redshift-data:*` to the roles that need them.

## Prevent
Name the key in the module for namespaces.

## Validate
`aws redshift-serverless get-namespace --namespace-name N --query namespace.kmsKeyId` prints the ARN of your key.

## Bad
```hcl
resource "aws_redshiftserverless_namespace" "dwh" { # finding
  namespace_name = "dwh"
}
```

## Good
```hcl
resource "aws_redshiftserverless_namespace" "dwh" {
  namespace_name = "dwh"
  kms_key_id     = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_redshiftserverless_namespace",
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_282",
)
def check(namespace: Node) -> Iterator[Fail]:
    key = namespace.at("kms_key_id")
    if lacks_own_key(key):
        yield Fail(key, "no key of one's own encrypts the namespace", expected="the ARN of a customer managed key")
