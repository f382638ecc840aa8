r"""A policy may pass every role of the account to a service.

## Why it matters
Whoever may pass a role and start something with it acts with that role's rights. With `*` that is the most powerful
role of the account, so the holder's own rights do not matter any more.

## Five whys
1. Why could a developer's function read the payroll bucket? It ran with the payroll role.
2. Why with that one? The developer chose it when the function was created.
3. Why was that allowed? `iam:PassRole` names `*`.
4. Why? The roles of the applications are created by the same pipeline, and their ARNs were not known.

## Fix now
Name the roles, by ARN or by a path that only application roles have (`arn:aws:iam::ACCOUNT:role/app/*`), and the
service in the condition `iam:PassedToService`.

## Workaround
Deny the dangerous ones: a statement `Deny` on `iam:PassRole` with the ARNs of the administrator and platform roles.

## Prevent
Create application roles under a path, and let the pipelines pass only what lies under it.

## Validate
`aws iam simulate-principal-policy --policy-source-arn ARN --action-names iam:PassRole --resource-arns ADMIN_ROLE_ARN`
answers `implicitDeny`.

## Bad
```hcl
resource "aws_iam_policy" "developer" {
  name = "developer"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["lambda:GetFunction", "iam:PassRole"]
      Resource = "*" # finding
    }]
  })
}
```
```hcl
data "aws_iam_policy_document" "developer" {
  statement {
    actions   = ["iam:PassRole"]
    resources = ["arn:aws:iam::111122223333:role/*"] # finding
  }
}
```

## Good
```hcl
resource "aws_iam_policy" "developer" {
  name = "developer"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "iam:PassRole"
      Resource  = "arn:aws:iam::111122223333:role/app/*"
      Condition = { StringEquals = { "iam:PassedToService" = "lambda.amazonaws.com" } }
    }]
  })
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.policy import IDENTITY, Statement, identity_statements
from auditor.views.statement import named

_EVERY_ROLE = re.compile(r"\*|arn:[^:]*:(?:iam|\*):[^:]*:[^:]*:(?:role/?)?\*")


@rule(target=IDENTITY, each=identity_statements, severity=Severity.HIGH, aliases="AVD-AWS-0342 aws-iam-filter-passrole-access")
def check(statement: Statement) -> Iterator[Fail]:
    if not statement.allows or statement.admin or statement.grants("iam:PassRole") is None:
        return
    for resource in statement.resources:
        if not named(resource) and _EVERY_ROLE.fullmatch(resource.text or ""):
            yield Fail(resource, "every role of the account can be passed to a service", expected="the roles that are passed")
