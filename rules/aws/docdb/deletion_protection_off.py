"""A production document database can be deleted with one call.

## Why it matters
The cluster and its automated backups go together. With protection on, DocumentDB refuses a destroy, also one that hides in a replacement.

## Five whys
1. Why is the catalogue gone? Terraform replaced the cluster.
2. Why did it? The name of the cluster changed.
3. Why did nothing refuse? `deletion_protection` is off by default.

## Fix now
`aws docdb modify-db-cluster --db-cluster-identifier C --deletion-protection --apply-immediately`; then the code.

## Workaround
`lifecycle { prevent_destroy = true }`.

## Prevent
On in the module.

## Validate
`aws docdb describe-db-clusters --query 'DBClusters[].[DBClusterIdentifier,DeletionProtection]'`.

## Bad
```hcl
resource "aws_docdb_cluster" "catalogue" { # finding
  cluster_identifier = "catalogue"
}
```

## Good
```hcl
resource "aws_docdb_cluster" "catalogue" {
  cluster_identifier  = "catalogue"
  deletion_protection = true
}

resource "aws_docdb_cluster" "try" {
  cluster_identifier = "try"
  tags               = { Stage = "sandbox" }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.database import non_production


@rule(target="aws_docdb_cluster", severity=Severity.MEDIUM)
def check(cluster: Node, resource: Resource) -> Iterator[Fail]:
    protection = cluster.at("deletion_protection")
    if (protection.missing or not protection.flag) and not non_production(resource):
        yield Fail(protection, "the cluster can be deleted with one call", expected="true")
