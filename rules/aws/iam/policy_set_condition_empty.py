r"""An Allow is guarded by ForAllValues, which holds when the key is absent.

## Why it matters
`ForAllValues:` asks whether all values of the request are in the list. A request without the key has no values, so
the answer is yes: an Allow that should hold only for some tags, keys or organizations holds for everybody who leaves
them out.

## Five whys
1. Why could an untagged volume be created? The policy allows it only with known tags, and there were none at all.
2. Why did the condition let that through? `ForAllValues` is true for an empty set.
3. Why was that not tested? The tests sent tags.

## Fix now
Add `Null: {"aws:TagKeys": "false"}` with the same key beside it, so that the key has to be there; or use
`ForAnyValue:` where one match is enough.

## Workaround
Deny the request without the key: a `Deny` statement with `Null: {"THE_KEY": "true"}`.

## Prevent
Check policies with `aws accessanalyzer validate-policy`: it warns about `ForAllValues` in an Allow.

## Validate
`aws iam simulate-custom-policy --policy-input-list file://policy.json --action-names ec2:CreateVolume` without
context entries answers `implicitDeny`.

## Bad
```hcl
data "aws_iam_policy_document" "volumes" {
  statement {
    actions   = ["ec2:CreateVolume"]
    resources = ["arn:aws:ec2:*:111122223333:volume/*"]
    condition { # finding
      test     = "ForAllValues:StringEquals"
      variable = "aws:TagKeys"
      values   = ["team", "service"]
    }
  }
}
```

## Good
```hcl
data "aws_iam_policy_document" "volumes" {
  statement {
    actions   = ["ec2:CreateVolume"]
    resources = ["arn:aws:ec2:*:111122223333:volume/*"]
    condition {
      test     = "ForAllValues:StringEquals"
      variable = "aws:TagKeys"
      values   = ["team", "service"]
    }
    condition {
      test     = "Null"
      variable = "aws:TagKeys"
      values   = ["false"]
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.policy import EVERY, Statement, statements


@rule(target=EVERY, each=statements, severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(statement: Statement) -> Iterator[Fail]:
    sets = [condition for condition in statement.conditions if condition.operator.startswith("ForAllValues:")]
    if not sets or not statement.allows:
        return
    demanded = {
        condition.key.lower()
        for condition in statement.conditions
        if condition.test == "null" and all(value.flag is False for value in condition.values)
    }
    for condition in sets:
        if condition.key.lower() not in demanded:
            yield Fail(
                condition.where,
                f"a request without {condition.key} satisfies {condition.operator}",
                expected='"Null": "false" for the same key, or ForAnyValue',
            )
