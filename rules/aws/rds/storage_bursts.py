"""The disk of a production database is fast only while its credits last.

## Why it matters
A gp2 disk below 1,000 GiB gives 3 IOPS for each GiB and bursts to 3,000 from a bucket that a busy hour empties; then every query waits.
Magnetic disks have 100 IOPS. gp3 gives 3,000 IOPS at any size for less money.

## Five whys
1. Why do all queries take ten times as long since 9:40? The disk answers slowly.
2. Why? Its burst credits are used up (`BurstBalance` is 0).
3. Why does it live on credits? It is gp2 of 100 GiB, whose own rate is 300 IOPS.
4. Why gp2? It was the default for years.

## Fix now
`aws rds modify-db-instance --db-instance-identifier NAME --storage-type gp3 --apply-immediately`: no downtime, but the copy in the
background takes hours, so on an empty bucket grow the disk first or shed load.

## Workaround
Raise `allocated_storage` to 1,000 GiB (3,000 IOPS without bursts), or stop the heavy job until `BurstBalance` recovers.

## Prevent
`storage_type = "gp3"` in the module and an alarm on `BurstBalance` below 20.

## Validate
`aws cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name BurstBalance …` has no data for gp3.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m6g.large"
  allocated_storage = 100
  storage_type      = "gp2" # finding
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m6g.large"
  allocated_storage = 100
  storage_type      = "gp3"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.database import Database, non_production

STEADY_GIB = 1000


@rule(target="aws_db_instance", severity=Severity.LOW, confidence=Confidence.FIRM)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    kind, size = body.at("storage_type"), body.at("allocated_storage")
    if kind.missing or non_production(resource) or Database(resource, graph).member_of_cluster:
        return
    if kind.text == "standard":
        yield Fail(kind, "the database is on a magnetic disk", expected="gp3")
    elif kind.text == "gp2" and size.present and size.number is not None and size.number < STEADY_GIB:
        message = f"the disk gives {max(100, int(size.number) * 3)} IOPS once its credits are used up"
        yield Fail(kind, message, expected="gp3")
