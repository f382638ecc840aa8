r"""A secret is rotated less often than every 90 days.

## Why it matters
How long a leaked password works is decided by its rotation. More than a quarter is more than most companies' own
rules allow (and PCI DSS 8.3.9, and Security Hub SecretsManager.4).

## Five whys
1. Why did a password from last spring work in autumn? Its rotation comes once a year.
2. Why so seldom? The period was set long while the rotation was being tried out.
3. Why was it not shortened? It runs, and nobody looked again.

## Fix now
Set `automatically_after_days` to 90 or less, or `schedule_expression = "rate(30 days)"`. The next rotation follows
the new period.

## Workaround
`aws secretsmanager rotate-secret --secret-id ID` rotates now.

## Prevent
Alert on `RotationFailed` in CloudTrail, so that frequent rotations are no risk.

## Validate
`aws secretsmanager describe-secret --secret-id ID --query RotationRules` shows the period.

## Bad
```hcl
resource "aws_secretsmanager_secret_rotation" "database" {
  secret_id           = "database"
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:111122223333:function:rotate"
  rotation_rules {
    automatically_after_days = 365 # finding
  }
}
```
```hcl
resource "aws_secretsmanager_secret_rotation" "database" {
  secret_id           = "database"
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:111122223333:function:rotate"
  rotation_rules {
    schedule_expression = "rate(180 days)" # finding
  }
}
```

## Good
```hcl
resource "aws_secretsmanager_secret_rotation" "database" {
  secret_id           = "database"
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:111122223333:function:rotate"
  rotation_rules {
    schedule_expression = "cron(0 3 1 * ? *)"
  }
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule

_MOST = 90
_RATE = re.compile(r"rate\((\d+) days?\)")


@rule(target="aws_secretsmanager_secret_rotation", each="rotation_rules", severity=Severity.LOW, aliases="CKV_AWS_304")
def check(rules: Node) -> Iterator[Fail]:
    days = rules.at("automatically_after_days")
    if not days.missing and (days.number or 0) > _MOST:
        yield Fail(days, f"the secret is rotated every {days.text} days", expected=f"at most {_MOST} days")
        return
    schedule = rules.at("schedule_expression")
    rate = None if schedule.missing else _RATE.fullmatch(schedule.text or "")
    if rate and int(rate[1]) > _MOST:
        yield Fail(schedule, f"the secret is rotated every {rate[1]} days", expected=f"at most {_MOST} days")
