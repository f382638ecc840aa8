"""A production database can be deleted with one call.

## Why it matters
`terraform destroy` in the wrong folder, a renamed resource or a click deletes the database within minutes; automated backups go with it
unless they are kept on purpose.

## Five whys
1. Why is the database gone? An apply replaced it.
2. Why could it? Nothing refused the deletion.
3. Why not? `deletion_protection` is off, its default.
4. Why did the plan not warn? It did, on line 400 of an output that nobody read.

## Fix now
`aws rds modify-db-instance --db-instance-identifier NAME --deletion-protection --apply-immediately` (`modify-db-cluster` for Aurora): no
restart. Then `deletion_protection = true`.

## Workaround
`lifecycle { prevent_destroy = true }` in Terraform guards against plans, though not against the console.

## Prevent
Turn it on in the module, off only by a variable that test environments set.

## Validate
`aws rds delete-db-instance --db-instance-identifier NAME --skip-final-snapshot` on a test copy answers `InvalidParameterCombination`;
do not try it on the real one: `describe-db-instances --query 'DBInstances[].DeletionProtection'` says the same.

## Bad
```hcl
resource "aws_db_instance" "orders" { # finding
  engine         = "postgres"
  instance_class = "db.m6g.large"
}

resource "aws_rds_cluster" "shop" {
  engine              = "aurora-postgresql"
  deletion_protection = false # finding
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  engine              = "postgres"
  instance_class      = "db.m6g.large"
  deletion_protection = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.database import Database, non_production


@rule(
    target="aws_db_instance aws_rds_cluster",
    severity=Severity.MEDIUM,
    aliases="CKV_AWS_293 CKV_AWS_139 AVD-AWS-0177 AVD-AWS-0343 aws-rds-enable-deletion-protection FG_R00280 "
    "aws-rds-enable-cluster-deletion-protection",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    protection = body.at("deletion_protection")
    if protection.present and protection.flag:
        return
    if not Database(resource, graph).member_of_cluster and not non_production(resource):
        yield Fail(protection, "the database can be deleted with one call", expected="true")
