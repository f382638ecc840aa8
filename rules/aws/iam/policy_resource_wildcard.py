r"""A policy allows reading on every resource although the actions can be limited.

## Why it matters
Descriptions hold more than they seem to: environment variables of functions, user data of instances, names of
customers. A role that may read them all gives an intruder the map of the account. The damage is smaller than with
writing, so this is a note, not an alarm.

## Five whys
1. Why did the intruder know where to go next? It read the configuration of every function.
2. Why could it? The role may read every function.
3. Why? The statement names `*`.
4. Why? Most `Describe*` and `List*` actions need `*`, and the others were written beside them.

## Fix now
Split the statement: what supports resources gets ARNs, what does not keeps `*`. The finding names the first action
that supports them; the service's page in the Service Authorization Reference lists the others.

## Workaround
None is needed at night. Make sure that what is readable holds no secrets, then plan the split.

## Prevent
Generate policies from activity (`aws accessanalyzer start-policy-generation`): the result names resources where the
service supports it.

## Validate
`aws accessanalyzer validate-policy --policy-type IDENTITY_POLICY --policy-document file://policy.json` reports no
wildcard for the action.

## Bad
```hcl
data "aws_iam_policy_document" "inventory" {
  statement {
    actions   = ["lambda:GetFunctionConfiguration"] # finding
    resources = ["*"]
  }
}
```

## Good
```hcl
data "aws_iam_policy_document" "inventory" {
  statement {
    actions   = ["lambda:ListFunctions", "s3:ListAllMyBuckets"]
    resources = ["*"]
  }
  statement {
    actions   = ["lambda:GetFunctionConfiguration"]
    resources = ["arn:aws:lambda:eu-west-1:111122223333:function:shop-*"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.iam_actions import covered, told
from auditor.views.policy import IDENTITY, Statement, identity_statements


@rule(target=IDENTITY, each=identity_statements, severity=Severity.INFO, aliases="CKV_AWS_355 CKV_AWS_356")
def check(statement: Statement) -> Iterator[Fail]:
    if statement.admin or not statement.unlimited:
        return
    limitable = [(pattern, action) for pattern, action in covered(statement.actions) if action.resource_level]
    if limitable and not any(action.writes for _, action in limitable):
        pattern, name = told(limitable)
        yield Fail(pattern, f"{name} is allowed on every resource", expected="the resources that are read")
