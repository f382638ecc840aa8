r"""A role can be passed to whatever service assumes it.

## Why it matters
Without `iam:PassedToService` the permission reaches further than meant: a role made for a function that also trusts
EC2 can be put on an instance, where its keys can be read from the metadata service and used from anywhere until they
expire.

## Five whys
1. Why did keys of the function's role appear on a laptop? They came from an instance with that role.
2. Why did an instance have it? A user passed it to EC2.
3. Why was that possible? The role trusts EC2 too, and the user's policy does not say to which service it may be
   passed.

## Fix now
Add the condition: `StringEquals: {"iam:PassedToService": "lambda.amazonaws.com"}`, or the service that is meant.
Which service that is, the trust policy of the role tells: `aws iam get-role --role-name NAME --query
Role.AssumeRolePolicyDocument`.

## Workaround
Let the role trust one service only: `aws iam update-assume-role-policy --role-name NAME --policy-document
file://trust.json`.

## Prevent
One role for one workload and one service. Keep PassRole in a statement of its own, where its condition is seen.

## Validate
`aws iam simulate-principal-policy --policy-source-arn ARN --action-names iam:PassRole --resource-arns ROLE_ARN
--context-entries ContextKeyName=iam:PassedToService,ContextKeyValues=ec2.amazonaws.com,ContextKeyType=string` answers
`implicitDeny`.

## Bad
```hcl
data "aws_iam_policy_document" "deploy" {
  statement {
    actions   = ["iam:GetRole", "iam:PassRole"] # finding
    resources = ["arn:aws:iam::111122223333:role/app/web"]
  }
}
```

## Good
```hcl
data "aws_iam_policy_document" "deploy" {
  statement {
    actions   = ["iam:PassRole"]
    resources = ["arn:aws:iam::111122223333:role/app/web"]
    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ecs-tasks.amazonaws.com"]
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.policy import IDENTITY, Statement, identity_statements

_LIMITS = ("iam:passedtoservice", "iam:associatedresourcearn")


@rule(target=IDENTITY, each=identity_statements, severity=Severity.LOW, aliases="AVD-AWS-0342 aws-iam-filter-passrole-access")
def check(statement: Statement) -> Iterator[Fail]:
    if not statement.allows or statement.every_action is not None:
        return
    pattern = next((action for action in statement.actions if (action.text or "").lower() in ("iam:passrole", "iam:pass*")), None)
    if pattern is not None and not any(condition.key.lower() in _LIMITS for condition in statement.conditions):
        yield Fail(pattern, "nothing says to which service the role may be passed", expected="a condition on iam:PassedToService")
