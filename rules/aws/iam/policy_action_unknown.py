r"""A policy names an action that AWS does not have.

## Why it matters
A misspelt action is accepted without a word and grants nothing (or denies nothing). The call that it was meant for
fails with AccessDenied, and whoever reads the policy at night sees the permission standing there.

## Five whys
1. Why is the upload refused although the policy allows it? The policy allows `s3:PutObjects`.
2. Why does that not help? There is no such action; the call is `s3:PutObject`.
3. Why was it accepted? IAM checks the form of an action, not that it exists.

## Fix now
Write the action as the Service Authorization Reference has it. The call in the error message is the name to look for;
a few calls need another action (`s3:ListBucket` for ListObjectsV2, `lambda:InvokeFunction` for Invoke).

## Workaround
Add the right action to the live policy by hand: `aws iam create-policy-version --policy-arn ARN --policy-document
file://policy.json --set-as-default`, and the same to the code.

## Prevent
`aws accessanalyzer validate-policy --policy-type IDENTITY_POLICY --policy-document file://policy.json` in the
pipeline reports INVALID_ACTION.

## Validate
The command above reports no finding, and the call that failed succeeds.

## Bad
```hcl
resource "aws_iam_policy" "upload" {
  name = "upload"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = [
        "s3:GetObject",
        "s3:PutObjects", # finding
      ]
      Resource = "arn:aws:s3:::uploads/*"
    }]
  })
}
```

## Good
```hcl
resource "aws_iam_policy" "upload" {
  name = "upload"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject", "s3:List*"]
      Resource = "arn:aws:s3:::uploads/*"
    }]
  })
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.iam_actions import expand, service_exists
from auditor.views.policy import EVERY, Statement, statements

_UNLISTED = frozenset({"sns:receive"})  # AWS writes it into topic policies, and lists it nowhere
_NAME = re.compile(r"[A-Za-z0-9-]+:[A-Za-z0-9*?]+")


@rule(target=EVERY, each=statements, severity=Severity.LOW, confidence=Confidence.LIKELY, symptoms=["AccessDenied"])
def check(statement: Statement) -> Iterator[Fail]:
    for pattern in (*statement.actions, *statement.not_actions):
        text = pattern.text or ""
        if text.lower() not in _UNLISTED and _NAME.fullmatch(text) and service_exists(text.partition(":")[0]) and not expand(text):
            yield Fail(pattern, f"AWS has no action {text}", expected="an action of the Service Authorization Reference")
