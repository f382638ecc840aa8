r"""A policy lets its holder decrypt with every key of the account.

## Why it matters
Most key policies leave the decision to IAM. `kms:Decrypt` on `*` then opens everything that is encrypted in the
account, so that the second lock, for which customer managed keys are paid, is none.

## Five whys
1. Why could the role read the other team's secrets? It could decrypt them.
2. Why? Its policy allows `kms:Decrypt` on `*`.
3. Why on `*`? Its own key was made in another stack, and its ARN was not at hand.

## Fix now
Name the keys (`aws_kms_key.NAME.arn`, `data.aws_kms_alias.NAME.target_key_arn`), or narrow by `StringEquals:
{"kms:ViaService": "s3.eu-west-1.amazonaws.com"}` or `kms:ResourceAliases`.

## Workaround
Name the users in the key policies of sensitive keys instead of the account's root.

## Prevent
Security Hub KMS.1 and KMS.2 report it on running accounts.

## Validate
`aws iam simulate-principal-policy --policy-source-arn ROLE_ARN --action-names kms:Decrypt --resource-arns
OTHER_KEY_ARN` answers `implicitDeny`.

## Bad
```hcl
data "aws_iam_policy_document" "worker" {
  statement {
    actions   = ["kms:Decrypt", "kms:DescribeKey"] # finding
    resources = ["*"]
  }
}
```

## Good
```hcl
data "aws_iam_policy_document" "worker" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = ["arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"]
  }
  statement {
    actions   = ["kms:Decrypt"]
    resources = ["*"]
    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.eu-west-1.amazonaws.com"]
    }
  }
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.policy import IDENTITY, Statement, identity_statements
from auditor.views.statement import named

_EVERY_KEY = re.compile(r"\*|arn:[^:]*:kms:[^:]*:[^:]*:(?:key/|alias/)?\*")


@rule(target=IDENTITY, each=identity_statements, severity=Severity.MEDIUM, aliases="aws-iam-block-kms-policy-wildcard")
def check(statement: Statement) -> Iterator[Fail]:
    if statement.every_action is not None or not statement.allows or not statement.unconditional:
        return
    pattern = statement.grants("kms:Decrypt") or statement.grants("kms:ReEncryptFrom")
    if pattern is not None and any(_every_key(resource) for resource in statement.resources):
        yield Fail(pattern, "everything in the account can be decrypted", expected="the keys that are used")


def _every_key(resource: Node) -> bool:
    return not named(resource) and _EVERY_KEY.fullmatch(resource.text or "") is not None
