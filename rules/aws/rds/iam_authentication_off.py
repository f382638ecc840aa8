"""Nobody can log in to a database with an IAM role.

## Why it matters
Then every client needs a password, which is stored somewhere, shared and seldom changed. With IAM authentication a role gets a token for
15 minutes, and taking the role away takes the access away.

## Five whys
1. Why is a former employee's script still reading the database? It has the password.
2. Why was that not changed? Six services share it.
3. Why a shared password? The database knows no other login: IAM authentication is off.

## Fix now
`aws rds modify-db-instance --db-instance-identifier NAME --enable-iam-database-authentication --apply-immediately`, no restart; create
users with `GRANT rds_iam TO app` (PostgreSQL) or `IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS'` (MySQL).

## Workaround
Let Secrets Manager rotate the password: `manage_master_user_password = true`.

## Prevent
IAM for people and batch jobs; mind the limit of 200 new connections a second on MySQL, so pools of busy services keep a rotated password.

## Validate
`aws rds generate-db-auth-token --hostname H --port 5432 --username app` used as password logs in.

## Bad
```hcl
resource "aws_db_instance" "orders" { # finding
  engine         = "postgres"
  instance_class = "db.m6g.large"
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  engine                              = "postgres"
  instance_class                      = "db.m6g.large"
  iam_database_authentication_enabled = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.database import Database

KNOWING = ("postgres", "mysql")


@rule(
    target="aws_db_instance aws_rds_cluster",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_161 CKV_AWS_162 AVD-AWS-0176 aws-rds-enable-iam-auth",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    enabled = body.at("iam_database_authentication_enabled")
    if enabled.present and enabled.flag:
        return
    database = Database(resource, graph)
    if database.engine in KNOWING and not (resource.kind == "aws_db_instance" and database.member_of_cluster):
        yield Fail(enabled, "nobody can log in with an IAM role", expected="true")
