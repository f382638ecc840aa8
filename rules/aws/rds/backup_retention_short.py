"""Backups of a database are kept for one day at most.

## Why it matters
Damage that is found on Monday happened on Friday. With a retention of one day (what a cluster gets when nothing is written) or none (what
Terraform gives an instance) there is nothing left to go back to.

## Five whys
1. Why can Friday's data not be restored? The oldest backup is from Sunday.
2. Why? Backups are kept for one day.
3. Why one? `backup_retention_period` is not written, and the default took its place.

## Fix now
`aws rds modify-db-instance --db-instance-identifier NAME --backup-retention-period 7` (`modify-db-cluster` for Aurora), then the code.
Raising it from one day needs no restart.

## Workaround
Keep today by hand: `aws rds create-db-snapshot` makes a snapshot that does not expire.

## Prevent
Seven days at least for whatever people work with, 35 or AWS Backup where law asks for more.

## Validate
`aws rds describe-db-instances --query 'DBInstances[].[DBInstanceIdentifier,BackupRetentionPeriod]'` prints 7 or more.

## Bad
```hcl
resource "aws_db_instance" "orders" { # finding
  engine         = "postgres"
  instance_class = "db.m6g.large"
}

resource "aws_rds_cluster" "shop" {
  engine                  = "aurora-postgresql"
  backup_retention_period = 1 # finding
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  engine                  = "postgres"
  instance_class          = "db.m6g.large"
  backup_retention_period = 7
}

resource "aws_db_instance" "try" {
  engine         = "postgres"
  instance_class = "db.t4g.micro"
  tags           = { Environment = "dev" }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.backup import backed_up
from auditor.views.database import Database, non_production


@rule(
    target="aws_db_instance aws_rds_cluster",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="AVD-AWS-0077 aws-rds-specify-backup-retention FG_R00107",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    days = body.at("backup_retention_period")
    if days.present and (days.number is None or days.number > 1):
        return
    database = Database(resource, graph)
    if database.replica or database.member_of_cluster or non_production(resource) or backed_up(resource, graph):
        return
    usual = "1" if resource.kind == "aws_rds_cluster" else "0"
    actual = f"not set, which means {usual}" if days.missing else ""
    yield Fail(days, "backups of the database are kept for one day at most", expected="7 or more", actual=actual)
