r"""A policy allows everything in IAM on every user, role and policy.

## Why it matters
`iam:*` is administrator access by one detour: the holder attaches `AdministratorAccess` to itself, creates a key for
any user, or rewrites the trust policy of any role. Alerts that look for admin policies see nothing until it has
happened.

## Five whys
1. Why did a deploy role become an administrator? It attached `AdministratorAccess` to itself.
2. Why could it? It may do everything in IAM.
3. Why everything? It has to create roles for applications, and `iam:*` was the short way to say so.
4. Why was the long way not needed? No boundary is demanded of the roles that it creates.

## Fix now
Allow the few actions that create application roles, only below a path, and only with a boundary: `iam:CreateRole` and
`iam:PutRolePolicy` on `arn:aws:iam::ACCOUNT:role/app/*` with the condition `iam:PermissionsBoundary`. Then see what
else was used: `aws iam generate-service-last-accessed-details --arn ARN --granularity ACTION_LEVEL`.

## Workaround
Set a permissions boundary without IAM on the holder: `aws iam put-role-permissions-boundary --role-name NAME
--permissions-boundary arn:aws:iam::aws:policy/PowerUserAccess`.

## Prevent
Keep IAM in a module of its own with its own pipeline role. A service control policy may deny `iam:*` to all but that
role.

## Validate
`aws iam simulate-principal-policy --policy-source-arn ARN --action-names iam:AttachRolePolicy iam:CreateAccessKey`
answers `implicitDeny`.

## Bad
```hcl
resource "aws_iam_user_policy" "ci" {
  name = "ci"
  user = "ci"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["ecs:UpdateService", "iam:*"] # finding
      Resource = "*"
    }]
  })
}
```

## Good
```hcl
resource "aws_iam_role_policy" "ci" {
  name = "ci"
  role = "ci"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = ["iam:CreateRole", "iam:PutRolePolicy"]
      Resource  = "arn:aws:iam::111122223333:role/app/*"
      Condition = { StringEquals = { "iam:PermissionsBoundary" = "arn:aws:iam::111122223333:policy/app-limit" } }
    }]
  })
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.policy import IDENTITY, Statement, identity_statements
from auditor.views.statement import named

_ALL_OF_IAM = re.compile(r"iam:\*+", re.IGNORECASE)
_EVERY_IDENTITY = re.compile(r"\*|arn:[^:]*:(?:iam|\*):[^:]*:[^:/]*:?\*")


@rule(target=IDENTITY, each=identity_statements, severity=Severity.CRITICAL, profile=Profile.GATE, aliases="CKV2_AWS_40")
def check(statement: Statement) -> Iterator[Fail]:
    action = next((pattern for pattern in statement.actions if _ALL_OF_IAM.fullmatch(pattern.text or "")), None)
    if action is None or not statement.allows or not statement.unconditional:
        return
    if any(_everything(pattern) for pattern in statement.resources):
        yield Fail(
            action, "everything in IAM is allowed, which is enough to become an administrator", expected="the IAM actions that are used"
        )


def _everything(pattern: Node) -> bool:
    return not named(pattern) and _EVERY_IDENTITY.fullmatch(pattern.text or "") is not None
