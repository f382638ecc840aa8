"""A database cannot be destroyed, for its final snapshot has no name.

## Why it matters
`skip_final_snapshot` is false by default, and then Terraform needs `final_snapshot_identifier`. Without it every destroy or replacement
stops with `final_snapshot_identifier is required when skip_final_snapshot is false`, in the middle of an apply.

## Five whys
1. Why did the apply stop half-way? Terraform could not delete the old database.
2. Why not? It has to take a last snapshot and has no name for it.
3. Why did the plan not say so? The provider checks the name when it deletes.

## Fix now
Write `final_snapshot_identifier = "NAME-final"` and apply before the destroy: the value is read from the state.

## Workaround
Delete by hand: `aws rds delete-db-instance --db-instance-identifier NAME --final-db-snapshot-identifier NAME-final`, then apply again.

## Prevent
Let the module build the name from the identifier.

## Validate
`terraform plan -destroy` followed by a destroy of a test copy ends without an error.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  engine              = "postgres"
  instance_class      = "db.m6g.large"
  skip_final_snapshot = false # finding
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

from auditor.sdk import Facet, Fail, Node, Severity, rule


@rule(
    target="aws_db_instance aws_rds_cluster aws_docdb_cluster aws_neptune_cluster aws_redshift_cluster",
    severity=Severity.LOW,
    facets=(Facet.WRITTEN, Facet.PLANNED),
    symptoms=["final_snapshot_identifier is required when skip_final_snapshot is false"],
)
def check(body: Node) -> Iterator[Fail]:
    if any(body.at(path).present for path in ("replicate_source_db", "replication_source_identifier", "final_snapshot_identifier")):
        return
    skipped = body.at("skip_final_snapshot")
    if skipped.missing or not skipped.flag:
        yield Fail(skipped, "a destroy fails, for the final snapshot has no name", expected="final_snapshot_identifier")
