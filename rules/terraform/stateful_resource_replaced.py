"""A plan deletes a store of data and makes an empty one in its place.

## Why it matters
Some attributes cannot be changed in place (`identifier`, `engine`, `storage_encrypted`, `availability_zone` ...): Terraform deletes the
resource and creates another one with the same name. The apply ends with success, and the data is gone, but for what a snapshot holds.

## Five whys
1. Why is the database empty? It is a new one.
2. Why? Terraform replaced it.
3. Why? `storage_encrypted` was switched on, which RDS cannot do in place.
4. Why did nobody see it? `must be replaced` stood among two hundred lines of the plan.

## Fix now
Do not apply. Take the change back, or do it by hand: copy a snapshot with the new setting, restore from it under a new name, switch over,
and import the new one (`terraform state rm`, `terraform import`).

## Workaround
`lifecycle { ignore_changes = [storage_encrypted] }` keeps the plan quiet until the migration.

## Prevent
`lifecycle { prevent_destroy = true }` and `deletion_protection = true` on everything that holds data.

## Validate
`terraform plan` shows no `must be replaced` for a resource with data.

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
      "storage_encrypted": true
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
     "delete",
     "create"
    ],
    "before": {
     "identifier": "orders",
     "engine": "postgres",
     "storage_encrypted": false
    },
    "after": {
     "identifier": "orders",
     "engine": "postgres",
     "storage_encrypted": true
    },
    "after_unknown": {},
    "replace_paths": [
     [
      "storage_encrypted"
     ]
    ]
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
      "storage_encrypted": false,
      "allocated_storage": 200
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
     "storage_encrypted": false,
     "allocated_storage": 100
    },
    "after": {
     "identifier": "orders",
     "engine": "postgres",
     "storage_encrypted": false,
     "allocated_storage": 200
    },
    "after_unknown": {}
   }
  }
 ]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Profile, Resource, Severity, rule
from auditor.views.database import non_production
from auditor.views.planned_change import planned_change

STATEFUL = (
    "aws_db_instance aws_rds_cluster aws_docdb_cluster aws_neptune_cluster aws_redshift_cluster aws_dynamodb_table aws_efs_file_system "
    "aws_ebs_volume aws_s3_bucket aws_elasticache_replication_group aws_memorydb_cluster aws_opensearch_domain aws_elasticsearch_domain "
    "aws_kinesis_stream aws_msk_cluster aws_mq_broker aws_fsx_lustre_file_system aws_fsx_ontap_file_system "
    "aws_fsx_openzfs_file_system aws_fsx_windows_file_system aws_ecr_repository aws_cognito_user_pool aws_kms_key "
    "aws_backup_vault azurerm_mssql_database azurerm_postgresql_flexible_server azurerm_storage_account "
    "google_sql_database_instance google_storage_bucket google_bigquery_dataset"
)


@rule(target=STATEFUL, severity=Severity.CRITICAL, profile=Profile.GATE, facets=(Facet.PLANNED,))
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    change = planned_change(resource)
    if change is None or not change.replaces or non_production(resource):
        return
    forcing = change.forcing()
    because = f", because {' and '.join(forcing)} cannot be changed in place" if forcing else ""
    where = body.at(forcing[0]) if forcing and body.at(forcing[0]).data is not None else body
    yield Fail(where, f"the apply deletes it, with its data, and creates another one{because}", expected="a change in place")
