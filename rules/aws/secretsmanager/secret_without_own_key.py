r"""A secret is encrypted with the AWS managed key.

## Why it matters
With `aws/secretsmanager` everyone who may read the secret may decrypt it: there is no second lock. A customer
managed key gives one, shows each use in CloudTrail, and is needed to share the secret with another account.

## Five whys
1. Why could a role with too wide a policy read the password? Nothing but that policy stood before it.
2. Why not the key? The AWS managed key lets everybody in the account use it through Secrets Manager.
3. Why that key? It is what one gets when none is named.

## Fix now
Set `kms_key_id` to a key whose policy names the readers; Secrets Manager encrypts anew with the next version, so
`aws secretsmanager rotate-secret --secret-id ID` or put the value again.

## Workaround
Narrow who may call `secretsmanager:GetSecretValue` on it.

## Prevent
One key for each class of secrets, made by the module that makes the secrets.

## Validate
`aws secretsmanager describe-secret --secret-id ID --query KmsKeyId` prints the key.

## Bad
```hcl
resource "aws_secretsmanager_secret" "database" { # finding
  name = "database"
}
```
```hcl
resource "aws_secretsmanager_secret" "database" {
  name       = "database"
  kms_key_id = "alias/aws/secretsmanager" # finding
}
```

## Good
```hcl
resource "aws_kms_key" "secrets" {
  enable_key_rotation = true
}

resource "aws_secretsmanager_secret" "database" {
  name       = "database"
  kms_key_id = aws_kms_key.secrets.arn
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule

_SHARED = re.compile(r"(arn:[^:]*:kms:[^:]*:[^:]*:)?alias/aws/.*")


@rule(
    target="aws_secretsmanager_secret",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_149 AVD-AWS-0098 aws-ssm-secret-use-customer-key",
)
def check(body: Node) -> Iterator[Fail]:
    key = body.at("kms_key_id")
    if key.unknown and key.refs:
        return  # the key of another resource
    if key.missing or key.text == "" or _SHARED.fullmatch(key.text or ""):
        yield Fail(key, "the secret is encrypted with the key that all principals of the account share", expected="a customer managed key")
