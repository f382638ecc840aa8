"""A Keyspaces table cannot be restored to a point in time.

## Why it matters
Keyspaces has no other backup. A wrong `DELETE` or a dropped table is final unless point-in-time recovery holds the last 35 days.

## Five whys
1. Why can the rows of this morning not be restored? Nothing holds them.
2. Why not? Point-in-time recovery is off.
3. Why? It is off by default.

## Fix now
`aws keyspaces update-table --keyspace-name K --table-name T --point-in-time-recovery status=ENABLED`; it holds from now on.

## Workaround
Export with the Spark connector, or AWS Glue, into S3.

## Prevent
The block in the module.

## Validate
`aws keyspaces get-table --keyspace-name K --table-name T --query pointInTimeRecovery` prints `ENABLED`.

## Bad
```hcl
resource "aws_keyspaces_table" "events" { # finding
  keyspace_name = "shop"
  table_name    = "events"
  schema_definition {
    column {
      name = "id"
      type = "uuid"
    }
    partition_key {
      name = "id"
    }
  }
}
```

## Good
```hcl
resource "aws_keyspaces_table" "events" {
  keyspace_name = "shop"
  table_name    = "events"
  schema_definition {
    column {
      name = "id"
      type = "uuid"
    }
    partition_key {
      name = "id"
    }
  }
  point_in_time_recovery {
    status = "ENABLED"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.database import non_production


@rule(target="aws_keyspaces_table", severity=Severity.MEDIUM)
def check(table: Node, resource: Resource) -> Iterator[Fail]:
    status = table.at("point_in_time_recovery.status")
    if (status.missing or status.text != "ENABLED") and not non_production(resource):
        yield Fail(status, "the table cannot be restored to a point in time", expected="ENABLED")
