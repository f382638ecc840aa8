"""The backup window of a database overlaps its maintenance window.

## Why it matters
RDS refuses the two to overlap: `InvalidParameterValue: The backup window and maintenance window must not overlap`. The apply stops, and
nothing of the change is made.

## Five whys
1. Why did the change to the database fail? RDS refused the windows.
2. Why? The nightly backup begins inside the maintenance window.
3. Why did the plan not show it? The provider does not compare the two.

## Fix now
Move one of them, with half an hour in between: `backup_window = "02:00-02:30"`, `maintenance_window = "sun:03:00-sun:04:00"`; times are
UTC.

## Workaround
Leave `backup_window` out of this apply: RDS keeps what it has.

## Prevent
One local for both windows, checked by a `precondition`.

## Validate
`aws rds describe-db-instances --query 'DBInstances[].[PreferredBackupWindow,PreferredMaintenanceWindow]'`.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  engine             = "postgres"
  instance_class     = "db.m6g.large"
  backup_window      = "03:30-04:30" # finding
  maintenance_window = "sun:03:00-sun:04:00"
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  engine             = "postgres"
  instance_class     = "db.m6g.large"
  backup_window      = "01:30-02:30"
  maintenance_window = "sun:03:00-sun:04:00"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.aws_schedule import window

NAMES = (("backup_window", "maintenance_window"), ("preferred_backup_window", "preferred_maintenance_window"))


@rule(
    target="aws_db_instance aws_rds_cluster aws_docdb_cluster aws_neptune_cluster",
    severity=Severity.MEDIUM,
    profile=Profile.GATE,
    symptoms=["backup window and maintenance window must not overlap"],
)
def check(body: Node) -> Iterator[Fail]:
    for backup, maintenance in NAMES:
        daily, weekly = body.at(backup), body.at(maintenance)
        if daily.missing or weekly.missing:
            continue
        night, week = window(daily.text), window(weekly.text)
        if night and week and night.overlaps(week):
            yield Fail(daily, f"the backup window overlaps the maintenance window {weekly.text}", related=(weekly,))
