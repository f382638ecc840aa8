r"""An Allow lists what is not allowed.

## Why it matters
`Allow` with `NotAction` or `NotResource` grants all the rest: every other service, and every service that AWS
launches tomorrow. It also does not deny what it lists; another policy may still allow it. Authors mostly meant the
opposite.

## Five whys
1. Why could analysts create users in a service that nobody had heard of? Their policy allows all actions but IAM's.
2. Why was IAM Identity Center not among the exceptions? It has another prefix, and did not exist when the list was
   written.
3. Why a list of exceptions? "Everything but IAM" is short to write with `NotAction`.

## Fix now
Turn it round: `Action` with the services that are meant. Where "all but" is the intent, allow it with a managed
policy such as `PowerUserAccess` and write the exceptions as `Deny`, which no other policy can override.

## Workaround
Add the Deny first, with the same list: then at least the exceptions hold.

## Prevent
Keep `NotAction` and `NotResource` for `Deny` statements, where an exception makes the statement weaker instead of
wider.

## Validate
`aws iam simulate-principal-policy --policy-source-arn ARN --action-names sso:CreatePermissionSet
organizations:LeaveOrganization` answers `implicitDeny` twice.

## Bad
```hcl
data "aws_iam_policy_document" "analyst" {
  statement {
    effect      = "Allow"
    not_actions = ["iam:*"] # finding
    resources   = ["*"]
  }
}
```

## Good
```hcl
data "aws_iam_policy_document" "analyst" {
  statement {
    actions   = ["athena:*", "glue:Get*"]
    resources = ["arn:aws:athena:*:111122223333:workgroup/analysts"]
  }
  statement {
    effect        = "Deny"
    not_actions   = ["athena:*", "glue:*"]
    not_resources = ["arn:aws:s3:::analysis/*"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.policy import IDENTITY, Statement, identity_statements


@rule(target=IDENTITY, each=identity_statements, severity=Severity.MEDIUM)
def check(statement: Statement) -> Iterator[Fail]:
    if not statement.allows:
        return
    for element in ("NotAction", "NotResource"):
        node = statement.where.at(element)
        if not node.missing:
            yield Fail(node, f"Allow with {element} grants everything that is not listed", expected=element.removeprefix("Not"))
