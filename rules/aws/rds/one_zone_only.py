"""A production database runs in one availability zone.

## Why it matters
When its host or its zone fails, the database is away until a new one is restored: an hour and more, with the last minutes lost. A standby
in a second zone takes over in one or two minutes.

## Five whys
1. Why was the shop down for two hours? Its database was.
2. Why so long? It had to be restored from a backup.
3. Why was there no standby? `multi_az` is false, its default.
4. Why? The second instance doubles the price, and nobody compared that with two hours of the shop.

## Fix now
`aws rds modify-db-instance --db-instance-identifier NAME --multi-az --apply-immediately` in a quiet hour: the copy loads the disk for a
while. Then `multi_az = true`.

## Workaround
A read replica in another zone can be promoted by hand: `aws rds promote-read-replica`.

## Prevent
Give the module `multi_az = true` and let test environments turn it off.

## Validate
`aws rds describe-db-instances --query 'DBInstances[].[DBInstanceIdentifier,MultiAZ,SecondaryAvailabilityZone]'`; test it with
`aws rds reboot-db-instance --force-failover`.

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
  engine         = "postgres"
  instance_class = "db.m6g.large"
  multi_az       = true
}

resource "aws_db_instance" "reports" {
  instance_class      = "db.m6g.large"
  replicate_source_db = aws_db_instance.orders.identifier
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.database import Database, non_production


@rule(
    target="aws_db_instance",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_157 FG_R00251",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    standby = body.at("multi_az")
    if standby.present and standby.flag:
        return
    database = Database(resource, graph)
    if not database.replica and not database.member_of_cluster and not non_production(resource):
        yield Fail(standby, "the database has no standby in another zone", expected="true")
