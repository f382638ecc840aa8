"""No backup plan takes a database cluster.

## Why it matters
Automated backups live in the same account and region, for 35 days at most, and go when the cluster is deleted. A plan of AWS Backup adds
what they lack: longer retention, copies elsewhere, a vault that cannot be emptied.

## Five whys
1. Why is there no backup from before March? Automated backups go back 35 days.
2. Why is there nothing else? No selection of AWS Backup takes the cluster.
3. Why not? Selections go by tag, and the cluster lacks it.

## Fix now
Add the cluster's ARN or tag to an `aws_backup_selection`, whose role has `AWSBackupServiceRolePolicyForBackup`.

## Workaround
`aws backup start-backup-job --backup-vault-name V --resource-arn CLUSTER_ARN --iam-role-arn ROLE` makes one now.

## Prevent
Select by a tag that the module for databases always sets.

## Validate
`aws backup list-protected-resources --query "Results[?ResourceType=='Aurora']"` lists the cluster.

## Bad
```hcl
resource "aws_rds_cluster" "shop" { # finding
  engine = "aurora-postgresql"
}
```

## Good
```hcl
resource "aws_rds_cluster" "shop" {
  engine = "aurora-postgresql"
}

resource "aws_backup_selection" "databases" {
  name         = "databases"
  plan_id      = "0a1b2c3d-1111-2222-3333-444455556666"
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  resources    = [aws_rds_cluster.shop.arn]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.backup import backed_up


@rule(
    target="aws_rds_cluster",
    severity=Severity.INFO,
    facets=(Facet.WRITTEN, Facet.PLANNED, Facet.RECORDED),
    confidence=Confidence.LIKELY,
    aliases="CKV2_AWS_8",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not backed_up(resource, graph):
        yield Fail(body, "no backup plan takes the cluster", expected="a selection with its ARN or tag")
