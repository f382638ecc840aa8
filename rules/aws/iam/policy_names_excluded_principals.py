r"""A policy says to whom it does not apply.

## Why it matters
`NotPrincipal` with Allow opens the resource to everybody else, anonymous callers included. With Deny it has to list
the account, the role and each session of the role; what is forgotten is locked out, often the administrators
themselves.

## Five whys
1. Why can nobody change the bucket any more? A Deny applies to all but one role, and sessions of that role are not
   the role.
2. Why was it written so? `NotPrincipal` looked like the way to say "only this role".
3. Why did no test show it? The test used the role's creator, the root user.

## Fix now
Write `Principal = "*"` with a condition: `ArnNotEquals: {"aws:PrincipalArn": ["ROLE_ARN"]}` in the Deny.
`aws:PrincipalArn` is the role for all its sessions. If nobody gets in any more, the account's root user can delete
the policy of a bucket or queue.

## Workaround
Log in as root, or use `aws sts assume-root` from the management account, and delete the policy.

## Prevent
Refuse `NotPrincipal` in reviews; AWS advises against it.

## Validate
`grep -rn NotPrincipal\|not_principals --include=*.tf .` finds nothing, and the role still gets in.

## Bad
```hcl
resource "aws_sqs_queue_policy" "jobs" {
  queue_url = "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect       = "Deny"
      NotPrincipal = { AWS = "arn:aws:iam::111122223333:role/worker" } # finding
      Action       = "sqs:*"
      Resource     = "*"
    }]
  })
}
```

## Good
```hcl
resource "aws_sqs_queue_policy" "jobs" {
  queue_url = "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:*"
      Resource  = "*"
      Condition = { ArnNotEquals = { "aws:PrincipalArn" = "arn:aws:iam::111122223333:role/worker" } }
    }]
  })
}
```
With its session and its account beside it a role is excepted, for what it is worth:
```hcl
resource "aws_sqs_queue_policy" "jobs" {
  queue_url = "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Deny"
      NotPrincipal = {
        AWS = [
          "arn:aws:iam::111122223333:root",
          "arn:aws:iam::111122223333:role/worker",
          "arn:aws:sts::111122223333:assumed-role/worker/jobs",
        ]
      }
      Action   = "sqs:*"
      Resource = "*"
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.policy import EVERY, Statement, statements


@rule(target=EVERY, each=statements, severity=Severity.MEDIUM)
def check(statement: Statement) -> Iterator[Fail]:
    excluded = statement.where.at("NotPrincipal")
    if excluded.missing:
        return
    if statement.allows:
        yield Fail(excluded, "everybody who is not named is allowed", expected="Principal")
    elif statement.denies and not _complete(statement):
        yield Fail(excluded, "sessions of the named roles are denied too", expected="a condition on aws:PrincipalArn")


def _complete(statement: Statement) -> bool:
    """Whether each role is named with a session of it and its account, and each user with its account: then they are excepted."""
    named = [principal.where.text or "" for principal in statement.not_principals if principal.kind == "AWS"]
    accounts = {text if text.isdigit() else text.split(":")[4] for text in named if text.isdigit() or text.endswith(":root")}
    sessions = {(parts[4], parts[5].split("/")[1]) for text in named if len(parts := text.split(":")) > 5 and parts[5].count("/") > 1}
    for text in named:
        parts = text.split(":")
        if len(parts) > 5 and parts[5].startswith("role/") and (parts[4], parts[5].rpartition("/")[2]) not in sessions:
            return False
        if len(parts) > 5 and parts[5] != "root" and parts[4] not in accounts:
            return False
    return True
