"""Automated backups of a production database are kept for less than a week.

## Why it matters
Many mistakes are found late: a job that writes wrong numbers on Friday is noticed on Wednesday. With three days of backups there is no
point in time left to go back to.

## Five whys
1. Why could the table not be restored? The oldest backup was younger than the mistake.
2. Why? Backups are kept for three days.
3. Why three? It was enough for the crash of a machine, and nobody thought of slow mistakes.

## Fix now
`aws rds modify-db-instance --db-instance-identifier ID --backup-retention-period 7 --apply-immediately` (no restart when backups are on
already).

## Workaround
A manual snapshot today, and one before each release: `aws rds create-db-snapshot --db-instance-identifier ID --db-snapshot-identifier
NAME`.

## Prevent
A default of 14 in the module for databases. The option `days` (7) is the recommendation of AWS Security Hub's control RDS.11.

## Validate
`aws rds describe-db-instances --query 'DBInstances[].[DBInstanceIdentifier,BackupRetentionPeriod]' --output text`.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  engine                  = "postgres"
  backup_retention_period = 3 # finding
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  engine                  = "postgres"
  backup_retention_period = 7
}

resource "aws_db_instance" "sandbox" {
  engine                  = "postgres"
  backup_retention_period = 2
  tags                    = { Environment = "dev" }
}

resource "aws_db_instance" "planned" {
  engine                  = "postgres"
  backup_retention_period = 2
  tags                    = { Backup = "daily" }
}

resource "aws_backup_selection" "daily" {
  name         = "daily"
  plan_id      = "plan"
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  selection_tag {
    type  = "STRINGEQUALS"
    key   = "Backup"
    value = "daily"
  }
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.backup import backed_up
from auditor.views.database import Database, non_production


@rule(
    target="aws_db_instance aws_rds_cluster",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    options={"days": 7},
)
def check(body: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    days = body.at("backup_retention_period")
    if days.missing or days.number is None or not 1 < days.number < options["days"]:
        return  # none at all and a single day have rules of their own
    database = Database(resource, graph)
    if database.replica or database.member_of_cluster or non_production(resource) or backed_up(resource, graph):
        return
    yield Fail(days, f"a mistake that is found after {days.number:g} days cannot be undone", expected=f"{options['days']} or more")
