"""Deleting a production database keeps no last snapshot.

## Why it matters
Automated backups are deleted with the database. With `skip_final_snapshot` nothing at all is left after a destroy, by intent or by
mistake.

## Five whys
1. Why can the deleted database not be brought back? There is no snapshot of it.
2. Why not? It was deleted without a final one, and its automated backups went with it.
3. Why without? `skip_final_snapshot = true` made `terraform destroy` work in tests.

## Fix now
Set `skip_final_snapshot = false` and `final_snapshot_identifier = "NAME-final"`, and apply now: Terraform uses what the state holds at the
time of the destroy.

## Workaround
`delete_automated_backups = false` keeps the automated backups of a deleted instance for their retention.

## Prevent
`deletion_protection = true`, and a final snapshot that only test environments switch off.

## Validate
`terraform state show aws_db_instance.orders | grep -E 'skip_final|final_snapshot'`.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  engine              = "postgres"
  instance_class      = "db.m6g.large"
  skip_final_snapshot = true # finding
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  engine                    = "postgres"
  instance_class            = "db.m6g.large"
  skip_final_snapshot       = false
  final_snapshot_identifier = "orders-final"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.database import non_production


@rule(
    target="aws_db_instance aws_rds_cluster aws_docdb_cluster aws_neptune_cluster aws_redshift_cluster",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    facets=(Facet.WRITTEN, Facet.PLANNED),
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    skipped = body.at("skip_final_snapshot")
    if skipped.missing or not skipped.flag or non_production(resource):
        return
    if any(body.at(path).present for path in ("replicate_source_db", "replication_source_identifier")):
        return
    protection = body.at("deletion_protection")
    if protection.missing or not protection.flag:
        yield Fail(skipped, "deleting the database keeps no last snapshot", expected="false")
