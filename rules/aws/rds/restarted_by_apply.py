"""An apply restarts a production database in the middle of the day.

## Why it matters
With `apply_immediately` a new class, engine version or parameter group takes effect as the apply runs: the instance restarts, or fails
over, and every session is cut for half a minute to some minutes. In the maintenance window the same change hurts nobody.

## Five whys
1. Why were all sessions cut at 11:20? The database restarted.
2. Why then? An apply changed its class, with `apply_immediately`.
3. Why did nobody stop it? The plan shows one changed line, and not that it means a restart.

## Fix now
Do not apply this plan now. Set `apply_immediately = false`: the change waits for the maintenance window, as `aws rds describe-db-instances
--db-instance-identifier ID --query 'DBInstances[].PendingModifiedValues'` then shows.

## Workaround
`blue_green_update { enabled = true }` (MySQL, MariaDB, PostgreSQL) makes the change on a copy and switches over in under a minute.

## Prevent
`apply_immediately = false` in the module; plans for production are read for this before they run.

## Validate
The next plan shows `apply_immediately = false`, and after the window `PendingModifiedValues` is empty.

## Bad
```json finding=15
{
 "format_version": "1.2",
 "terraform_version": "1.9.0",
 "planned_values": {
  "root_module": {
   "resources": [
    {
     "address": "aws_db_instance.orders",
     "mode": "managed",
     "type": "aws_db_instance",
     "name": "orders",
     "values": {
      "identifier": "orders",
      "engine": "postgres",
      "instance_class": "db.m6g.xlarge",
      "apply_immediately": true
     }
    }
   ]
  }
 },
 "resource_changes": [
  {
   "address": "aws_db_instance.orders",
   "mode": "managed",
   "type": "aws_db_instance",
   "name": "orders",
   "change": {
    "actions": [
     "update"
    ],
    "before": {
     "identifier": "orders",
     "engine": "postgres",
     "instance_class": "db.m6g.large",
     "apply_immediately": true
    },
    "after": {
     "identifier": "orders",
     "engine": "postgres",
     "instance_class": "db.m6g.xlarge",
     "apply_immediately": true
    },
    "after_unknown": {}
   }
  }
 ]
}
```

## Good
```json
{
 "format_version": "1.2",
 "terraform_version": "1.9.0",
 "planned_values": {
  "root_module": {
   "resources": [
    {
     "address": "aws_db_instance.orders",
     "mode": "managed",
     "type": "aws_db_instance",
     "name": "orders",
     "values": {
      "identifier": "orders",
      "engine": "postgres",
      "instance_class": "db.m6g.xlarge",
      "apply_immediately": false
     }
    }
   ]
  }
 },
 "resource_changes": [
  {
   "address": "aws_db_instance.orders",
   "mode": "managed",
   "type": "aws_db_instance",
   "name": "orders",
   "change": {
    "actions": [
     "update"
    ],
    "before": {
     "identifier": "orders",
     "engine": "postgres",
     "instance_class": "db.m6g.large",
     "apply_immediately": true
    },
    "after": {
     "identifier": "orders",
     "engine": "postgres",
     "instance_class": "db.m6g.xlarge",
     "apply_immediately": false
    },
    "after_unknown": {}
   }
  }
 ]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Resource, Severity, rule
from auditor.views.database import non_production
from auditor.views.planned_change import planned_change

RESTARTS = (
    "instance_class",
    "node_type",
    "engine_version",
    "parameter_group_name",
    "db_parameter_group_name",
    "db_cluster_parameter_group_name",
    "option_group_name",
    "storage_type",
    "ca_cert_identifier",
    "port",
)
"""What takes effect with a restart or a failover: the RDS guide, Settings for DB instances."""


@rule(
    target="aws_db_instance aws_rds_cluster aws_rds_cluster_instance aws_docdb_cluster_instance aws_neptune_cluster_instance "
    "aws_elasticache_replication_group",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    facets=(Facet.PLANNED,),
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    change = planned_change(resource)
    at_once = body.at("apply_immediately")
    if change is None or not change.updates or at_once.missing or not at_once.flag or non_production(resource):
        return
    blue_green = body.at("blue_green_update.enabled")
    if blue_green.present and blue_green.flag:
        return
    for path in RESTARTS:
        if change.changes(path):
            old, new = change.before.at(path), body.at(path)
            message = f"the apply restarts the database at once: {path} changes from {old.text or 'the default'} to {new.text}"
            yield Fail(new, message, expected="apply_immediately = false", related=(at_once, old))
            return
