"""The storage of a database can fill up.

## Why it matters
A full disk stops every write, and RDS puts the instance into `storage-full`. Growing it by hand takes time, and afterwards six hours have
to pass before it can grow again. With `max_allocated_storage` RDS grows it itself, at 10 % free.

## Five whys
1. Why do all writes fail? The disk of the database is full (`storage-full`).
2. Why did it fill up? A job wrote more than usual, and WAL piled up behind a dead replication slot.
3. Why did nothing grow it? `max_allocated_storage` is not set, or no larger than the disk.
4. Why did nobody see it? No alarm watches `FreeStorageSpace`.

## Fix now
`aws rds modify-db-instance --db-instance-identifier NAME --max-allocated-storage GIB --apply-immediately`; it is dynamic. When the disk is
already full: `--allocated-storage GIB --apply-immediately`, at least 10 % more.

## Workaround
Free space: drop dead replication slots (`SELECT pg_drop_replication_slot(…)`), old partitions, temporary tables; on MySQL
`CALL mysql.rds_set_configuration('binlog retention hours', 1)`.

## Prevent
`max_allocated_storage` of twice the disk and an alarm on `FreeStorageSpace` below 15 %.

## Validate
`aws rds describe-db-instances --query 'DBInstances[].[DBInstanceIdentifier,AllocatedStorage,MaxAllocatedStorage]'`.

## Bad
```hcl
resource "aws_db_instance" "orders" { # finding
  engine            = "postgres"
  instance_class    = "db.m6g.large"
  allocated_storage = 100
}

resource "aws_db_instance" "reports" {
  engine                = "postgres"
  instance_class        = "db.m6g.large"
  allocated_storage     = 100
  max_allocated_storage = 110 # finding
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  engine                = "postgres"
  instance_class        = "db.m6g.large"
  allocated_storage     = 100
  max_allocated_storage = 500
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.database import Database, non_production


@rule(
    target="aws_db_instance",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    options={"room": 1.26},
    symptoms=["storage-full", "could not extend file", "No space left on device", "The table '.*' is full"],
)
def check(body: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    database = Database(resource, graph)
    if database.member_of_cluster or database.replica or non_production(resource) or _watched(resource, graph):
        return
    most, now = body.at("max_allocated_storage"), body.at("allocated_storage")
    if most.missing or most.number == 0:
        yield Fail(most, "the storage of the database does not grow by itself", expected="twice allocated_storage")
    elif now.present and now.number and most.number is not None and most.number < now.number * options["room"]:
        yield Fail(most, "the storage of the database has no room to grow", expected="twice allocated_storage")


def _watched(resource: Resource, graph: Graph) -> bool:
    """Whether an alarm watches the free space, so that somebody is told in time."""
    alarms = graph.attached(resource, "dimensions.DBInstanceIdentifier", "aws_cloudwatch_metric_alarm")
    return any(alarm.at("metric_name").text == "FreeStorageSpace" for alarm in alarms)
