"""A parameter group is for another engine version than the database that uses it.

## Why it matters
A group belongs to one family. RDS refuses an instance with a group of another one (`InvalidParameterCombination: The parameter group …
can't be used for this instance`), mostly in the middle of a major upgrade.

## Five whys
1. Why did the upgrade stop? RDS refused the parameter group.
2. Why? It is of family `postgres14`, and the instance is to be version 16.
3. Why was it not changed too? The version is a variable, the family is written out.

## Fix now
Add a group of the new family (a new resource, since the family cannot change in place), set `parameter_group_name` to it in the same apply
as `engine_version` and `allow_major_version_upgrade = true`.

## Workaround
Go through with the default group of the new family: `parameter_group_name = "default.postgres16"`, and set your parameters afterwards.

## Prevent
Derive the family from the version, and use `name_prefix` with `create_before_destroy`.

## Validate
`aws rds describe-db-instances --query 'DBInstances[].[EngineVersion,DBParameterGroups[].ParameterApplyStatus]'` says `in-sync`.

## Bad
```hcl
resource "aws_db_parameter_group" "orders" {
  family = "postgres14"
}

resource "aws_db_instance" "orders" {
  engine               = "postgres"
  engine_version       = "16.4" # finding
  instance_class       = "db.m6g.large"
  parameter_group_name = aws_db_parameter_group.orders.name
}
```

## Good
```hcl
resource "aws_db_parameter_group" "orders" {
  family = "postgres16"
}

resource "aws_db_instance" "orders" {
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m6g.large"
  parameter_group_name = aws_db_parameter_group.orders.name
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.database import Database

FAMILY = re.compile(r"(aurora-postgresql|postgres|aurora-mysql|mysql|mariadb)([\d.]+)")


@rule(
    target="aws_db_instance aws_rds_cluster",
    severity=Severity.HIGH,
    symptoms=["The parameter group .* can't be used for this instance"],
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    engine, version = body.at("engine"), body.at("engine_version")
    if engine.missing or version.missing:
        return
    group = Database(resource, graph).parameter_group
    family = FAMILY.fullmatch(group.at("family").text or "") if group is not None else None
    if group is None or family is None:
        return
    same = family[1] == engine.text and _begins_with(version.text or "", family[2])
    if not same:
        message = f"{group.address.text} is for {family[0]}, the database is {engine.text} {version.text}"
        yield Fail(version, message, expected=f"a group for {engine.text} {version.text}", related=(group.at("family"),))


def _begins_with(version: str, release: str) -> bool:
    """Whether a version is of that release, as far as it is written: `16.4` and `16` are of 16; `8` may be 8.0."""
    return f"{version}.".startswith(f"{release}.") or f"{release}.".startswith(f"{version}.")
