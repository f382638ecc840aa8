r"""Sessions of a role may last longer than four hours.

## Why it matters
Credentials of a session work until they run out, wherever they are. The longer a role allows, the longer a copied set
is of use; pipelines and people rarely need more than one hour.

## Five whys
1. Why did the copied credentials work until the evening? They were asked for with twelve hours.
2. Why was that granted? `max_session_duration` allows it.
3. Why? A long migration needed it once.

## Fix now
Set `max_session_duration = 3600` (the default) or what the longest job needs; the callers have to ask for no more.

## Workaround
End present sessions: in the console "Revoke active sessions", or an inline Deny with `DateLessThan` on
`aws:TokenIssueTime`.

## Prevent
Renew credentials within long jobs instead of asking for long ones.

## Validate
`aws iam get-role --role-name NAME --query Role.MaxSessionDuration` prints 14400 or less.

## Bad
```hcl
resource "aws_iam_role" "migration" {
  name                 = "migration"
  max_session_duration = 43200 # finding
  assume_role_policy   = jsonencode({ Version = "2012-10-17", Statement = [] })
}
```

## Good
```hcl
resource "aws_iam_role" "migration" {
  name                 = "migration"
  max_session_duration = 7200
  assume_role_policy   = jsonencode({ Version = "2012-10-17", Statement = [] })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule

_MOST = 4 * 3600


@rule(target="aws_iam_role", severity=Severity.INFO)
def check(body: Node) -> Iterator[Fail]:
    duration = body.at("max_session_duration")
    if not duration.missing and (duration.number or 0) > _MOST:
        yield Fail(duration, f"a session may last {duration.text} seconds", expected=f"at most {_MOST}")
