r"""A customer managed key has no policy in code.

## Why it matters
Without a policy the key gets AWS's default: the account decides, so every principal with `kms:*` or `kms:Decrypt` on
`*` may use the key. Who may decrypt is then spread over all IAM policies of the account, and nobody can read it off
the key.

## Five whys
1. Why could the build role read payroll exports? It may decrypt with every key that leaves the decision to the
   account.
2. Why does this key leave it? Its policy is the default.
3. Why? The resource declares none.

## Fix now
Write the policy: the root statement with administration only (`kms:Create*`, `Describe*`, `Put*`,
`ScheduleKeyDeletion` ...), and a statement for each user of the key with `kms:Decrypt` and `kms:GenerateDataKey`.

## Workaround
Narrow the IAM policies that name `kms:Decrypt` on `*`.

## Prevent
Make keys by a module that takes administrators and users as arguments.

## Validate
`aws kms get-key-policy --key-id ID --policy-name default --output text` names the users.

## Bad
```hcl
resource "aws_kms_key" "payroll" { # finding
  description         = "payroll"
  enable_key_rotation = true
}
```

## Good
```hcl
locals {
  administration = { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }
}

resource "aws_kms_key" "payroll" {
  description = "payroll"
  policy      = jsonencode({ Version = "2012-10-17", Statement = [local.administration] })
}

resource "aws_kms_key" "exports" {
  description = "exports"
}

resource "aws_kms_key_policy" "exports" {
  key_id = aws_kms_key.exports.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [local.administration] })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(target="aws_kms_key", severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV2_AWS_64")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    policy = body.at("policy")
    if policy.missing and not graph.attached(resource, "key_id", "aws_kms_key_policy"):
        yield Fail(
            policy, "the key has the default policy, which leaves every decision to the account", expected="a policy that names the users"
        )
