"""The engine version of a database is no longer supported.

## Why it matters
Past the end of standard support there are no fixes, and RDS charges extended support per vCPU and hour, which soon exceeds the price of the
instance. When that ends too, AWS upgrades the database by itself.

## Five whys
1. Why has the bill for this database doubled? It is charged for extended support.
2. Why? The engine's major version is past its standard support.
3. Why was it not upgraded? A major upgrade needs a test of the application, and nobody owned it.

## Fix now
Clone or restore, upgrade the copy, test, then use a blue/green deployment: `aws rds create-blue-green-deployment --source ARN
--target-engine-version NEW`, with a minute of downtime at the switch.

## Workaround
`engine_lifecycle_support = "open-source-rds-extended-support"` buys time, at a price; the other value forces the upgrade.

## Prevent
Put the end dates into the calendar when a version is chosen: `aws rds describe-db-major-engine-versions`.

## Validate
`aws rds describe-db-instances --query 'DBInstances[].[DBInstanceIdentifier,Engine,EngineVersion]'` shows supported versions only.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  engine         = "mysql"
  engine_version = "5.7.44" # finding
  instance_class = "db.m6g.large"
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  engine         = "mysql"
  engine_version = "8.4"
  instance_class = "db.m6g.large"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.database import Database

SUPPORTED_FROM = {"postgres": (13,), "mysql": (8,), "mariadb": (10, 6)}
"""The oldest release that still had standard support at the end of 2025; PostgreSQL 12 ended in February 2025."""


@rule(target="aws_db_instance aws_rds_cluster", severity=Severity.MEDIUM)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    node = body.at("engine_version")
    oldest = SUPPORTED_FROM.get(Database(resource, graph).engine) if node.present else None
    if oldest is None:
        return
    numbers = tuple(int(part) for part in (node.text or "").split(".")[: len(oldest)] if part.isdigit())
    if numbers and len(numbers) == len(oldest) and numbers < oldest:
        yield Fail(node, "the engine version is past its standard support", expected=f"{'.'.join(map(str, oldest))} or later")
