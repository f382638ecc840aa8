r"""A key policy lets everybody use the key.

## Why it matters
A key policy is what decides about a KMS key; no other policy is needed. With `*` every AWS account can decrypt with
it, or, with `kms:*`, replace the policy, lock us out and schedule the key's deletion, and with it all that it
encrypts.

## Five whys
1. Why could a stolen snapshot be read? Its key could be used from the thief's account.
2. Why? The key policy names `*` as principal.
3. Why? "Any principal of this account" was meant; in a key policy that is the account's root ARN.

## Fix now
Replace `*` by `arn:aws:iam::ACCOUNT:root`, which hands the decision to the account's own policies: `aws kms
put-key-policy --key-id ID --policy-name default --policy file://policy.json`. Where services use the key for any
principal, keep `*` with `StringEquals` on `kms:CallerAccount` and `kms:ViaService`.

## Workaround
Look at grants that strangers may have made: `aws kms list-grants --key-id ID`, and `aws kms revoke-grant` them.

## Prevent
Let one module make all keys, with the root statement and the users as arguments.

## Validate
`aws kms get-key-policy --key-id ID --policy-name default --output text` shows no `*` without a condition; IAM Access
Analyzer lists no finding for the key.

## Bad
```hcl
resource "aws_kms_key" "data" {
  description = "data"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      {
        Effect    = "Allow"
        Principal = { AWS = "*" } # finding
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
      },
    ]
  })
}
```

## Good
```hcl
resource "aws_kms_key" "data" {
  description = "data"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      {
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
        Condition = { StringEquals = { "kms:CallerAccount" = "111122223333", "kms:ViaService" = "s3.eu-west-1.amazonaws.com" } }
      },
    ]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Profile, Resource, Severity, rule
from auditor.views.iam.strangers import let_in
from auditor.views.policy import Statement, resource_statements


@rule(
    target="aws_kms_key aws_kms_key_policy aws_kms_external_key aws_kms_replica_key aws_kms_replica_external_key",
    each=resource_statements,
    severity=Severity.CRITICAL,
    profile=Profile.GATE,
    aliases="CKV_AWS_33 FG_R00252 CKV_AWS_283",
)
def check(statement: Statement, resource: Resource, graph: Graph) -> Iterator[Fail]:
    principal = let_in(statement, resource, graph)
    if principal is not None:
        yield Fail(
            principal.where,
            "everybody may do this with the key",
            expected="the account or roles that use it, or a condition on kms:CallerAccount",
        )
