r"""Sessions of a permission set last longer than eight hours.

## Why it matters
A session cannot be ended by changing a password; credentials that were copied from a laptop work until it runs out.
Twelve hours are a night and a morning.

## Five whys
1. Why did stolen credentials work the whole night? Their session was made for twelve hours.
2. Why so long? People had complained about logging in again at lunch.
3. Why for this set too? The duration was set for all permission sets alike.

## Fix now
Set `session_duration` to `PT8H` or less, `PT1H` for administrators; it holds for the next login.

## Workaround
End sessions now: attach a Deny for everything with `DateLessThan: {"aws:TokenIssueTime": "NOW"}` to the permission
set's inline policy.

## Prevent
Short sessions for strong permission sets, longer ones for reading.

## Validate
`aws sso-admin describe-permission-set --instance-arn ARN --permission-set-arn ARN --query
PermissionSet.SessionDuration` prints the value.

## Bad
```hcl
resource "aws_ssoadmin_permission_set" "administrator" {
  name             = "administrator"
  instance_arn     = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  session_duration = "PT12H" # finding
}
```

## Good
```hcl
resource "aws_ssoadmin_permission_set" "administrator" {
  name             = "administrator"
  instance_arn     = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  session_duration = "PT4H"
}

resource "aws_ssoadmin_permission_set" "reader" {
  name         = "reader"
  instance_arn = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule

_MOST = 8 * 60
_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?")


@rule(target="aws_ssoadmin_permission_set", severity=Severity.LOW)
def check(body: Node) -> Iterator[Fail]:
    duration = body.at("session_duration")
    if duration.missing:
        return
    found = _DURATION.fullmatch(duration.text or "")
    if found and 60 * int(found[1] or 0) + int(found[2] or 0) > _MOST:
        yield Fail(duration, f"a session lasts {duration.text}", expected="at most PT8H")
