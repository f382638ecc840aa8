r"""A secret is not rotated.

## Why it matters
A password that never changes is known, in time, to former colleagues, old backups and logs. A rotation that has never
run is also one that nobody dares to start in an incident.

## Five whys
1. Why does the old password still work? It was never changed.
2. Why not? No rotation is set up.
3. Why is it not changed by hand? Nobody knows all that would break.

## Fix now
Add `aws_secretsmanager_secret_rotation`; for RDS, Redshift and DocumentDB let the service do it
(`manage_master_user_password = true`), which needs no function. Start it outside of busy hours: the first rotation
happens at once.

## Workaround
Change it by hand: new password in the database, then `aws secretsmanager put-secret-value`; clients read it at the
next connection.

## Prevent
Clients must read the secret when they connect, not at their start. The two-user strategy leaves the old password
valid for one more period.

## Validate
`aws secretsmanager describe-secret --secret-id ID --query [RotationEnabled,LastRotatedDate]` prints `true` and a
date.

## Bad
```hcl
resource "aws_secretsmanager_secret" "database" { # finding
  name = "database"
}
```

## Good
```hcl
resource "aws_secretsmanager_secret" "database" {
  name = "database"
}

resource "aws_secretsmanager_secret_rotation" "database" {
  secret_id           = aws_secretsmanager_secret.database.id
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:111122223333:function:rotate"
  rotation_rules {
    automatically_after_days = 30
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(target="aws_secretsmanager_secret", severity=Severity.LOW, confidence=Confidence.LIKELY, aliases="CKV2_AWS_57")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if body.at("rotation_rules").present or body.at("rotation_lambda_arn").present:  # how provider 3.x wrote it
        return
    if not graph.attached(resource, "secret_id", "aws_secretsmanager_secret_rotation"):
        yield Fail(body, "the secret is never rotated", expected="an aws_secretsmanager_secret_rotation")
