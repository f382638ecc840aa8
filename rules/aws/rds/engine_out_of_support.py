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
Put the end dates into the calendar when a version is chosen: `aws rds describe-db-major-engine-versions`. The option `as_of` is the day
of which the rule judges: one in the future shows what is near its end.

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

resource "aws_rds_cluster" "carts" {
  engine         = "aurora-mysql"
  engine_version = "8.0.mysql_aurora.3.05.2"
}
```
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from auditor.sdk import Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.database import Database

ENDS: Mapping[tuple[str, bool], Mapping[str, int | tuple[int, int, int]]] = {
    ("postgres", False): {"9": 2022, "10": 2023, "11": (2024, 2, 29), "12": (2025, 2, 28), "13": (2026, 2, 28), "14": (2027, 2, 28)},
    ("postgres", True): {"9": 2022, "10": 2023, "11": (2024, 2, 29), "12": (2025, 2, 28), "13": (2026, 2, 28), "14": (2027, 2, 28)},
    ("mysql", False): {"5": (2024, 2, 29), "8.0": (2026, 7, 31)},
    ("mysql", True): {"5": (2024, 10, 31), "8.0": (2028, 4, 30)},
    ("mariadb", False): {"10.0": 2021, "10.1": 2021, "10.2": 2022, "10.3": 2023, "10.4": 2024, "10.5": 2025, "10.6": (2026, 8, 31)},
}
"""(engine, whether Aurora) -> release -> the end of its standard support: the release calendars in the RDS and Aurora guides."""


@rule(target="aws_db_instance aws_rds_cluster", severity=Severity.MEDIUM, options={"as_of": "2026-11-01"})
def check(body: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    node, chosen = body.at("engine_version"), body.at("engine_lifecycle_support")
    by_hand = resource.facet in (Facet.WRITTEN, Facet.PLANNED)  # states and replies hold the default
    if node.missing or (by_hand and chosen.present and chosen.text == "open-source-rds-extended-support"):
        return
    database = Database(resource, graph)
    release, end = _end(database.engine, node.text or "", aurora=database.aurora)
    if end is not None and end <= date.fromisoformat(options["as_of"]):
        message = f"the standard support of {body.at('engine').text or 'mysql'} {release} ended on {end.isoformat()}"
        yield Fail(node, message, expected="a release with standard support")


def _end(engine: str, version: str, *, aurora: bool) -> tuple[str, date | None]:
    """(the release that a version is of, when its standard support ends); an Aurora version is `8.0.mysql_aurora.3.05.2`."""
    for release, end in ENDS.get((engine, aurora), {}).items():
        if f"{version}.".startswith(f"{release}."):
            return release, date(end, 12, 31) if isinstance(end, int) else date(*end)
    return "", None
