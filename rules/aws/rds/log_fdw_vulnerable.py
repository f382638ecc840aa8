"""A PostgreSQL version lets a user read files of its host.

## Why it matters
The extension `log_fdw` of these versions reads files of the instance, system credentials of the service among them (AWS-2022-004). AWS has
withdrawn the versions, so a restore or a new instance with one of them fails as well.

## Five whys
1. Why does the creation fail with `Cannot find version`? AWS withdrew this minor version.
2. Why? A user with `rds_superuser` could read local files with it.
3. Why does the code still ask for it? `engine_version` pins the full number, from 2021.

## Fix now
Pin the major version only (`engine_version = "13"`), or a current minor: `aws rds describe-db-engine-versions --engine postgres --query
'DBEngineVersions[].EngineVersion'`. A running instance: `aws rds modify-db-instance --engine-version 13.20 --apply-immediately`.

## Workaround
`DROP EXTENSION log_fdw;` and revoke `rds_superuser` from application users until the upgrade.

## Prevent
Let RDS choose the minor version (`auto_minor_version_upgrade`).

## Validate
`SELECT version();` is 9.6.22, 10.17, 11.12, 12.7, 13.3 or later; on Aurora 10.14, 11.9 or later.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  engine         = "postgres"
  engine_version = "13.2" # finding
  instance_class = "db.m6g.large"
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  engine         = "postgres"
  engine_version = "13.3"
  instance_class = "db.m6g.large"
}

resource "aws_db_instance" "latest" {
  engine         = "postgres"
  engine_version = "13"
  instance_class = "db.m6g.large"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Profile, Resource, Severity, rule
from auditor.views.database import Database

FIXED: dict[tuple[int, ...], int] = {(9, 5): 99, (9, 6): 22, (10,): 17, (11,): 12, (12,): 7, (13,): 3}
"""Branch of PostgreSQL: the first minor version with the fix."""
FIXED_IN_AURORA: dict[tuple[int, ...], int] = {(10,): 14, (11,): 9}


@rule(
    target="aws_db_instance aws_rds_cluster",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="CKV_AWS_250 CKV_AWS_388",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    node = body.at("engine_version")
    database = Database(resource, graph)
    if node.missing or database.engine != "postgres":
        return
    numbers = [int(part) for part in (node.text or "").split(".") if part.isdigit()]
    branch = tuple(numbers[:2]) if numbers[:1] == [9] else tuple(numbers[:1])
    minor = numbers[len(branch) : len(branch) + 1]
    fixed = (FIXED_IN_AURORA if database.aurora else FIXED).get(branch, 0)
    if minor and minor[0] < fixed:
        yield Fail(node, "this version lets users read files of the host (log_fdw)", expected="a version with the fix")
