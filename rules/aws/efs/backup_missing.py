"""No backup takes a shared file system.

## Why it matters
EFS keeps files over several zones and no versions of them: `rm -rf` by a container is final. Nothing backs a file system up that Terraform
makes, unless the code says so.

## Five whys
1. Why can the deleted folder not be restored? No recovery point holds it.
2. Why not? The file system is in no backup plan, and its automatic backups are off.
3. Why off? The console turns them on, the API does not.

## Fix now
`aws efs put-backup-policy --file-system-id F --backup-policy Status=ENABLED` (daily, 35 days), or an ARN or tag in an
`aws_backup_selection`.

## Workaround
`aws backup start-backup-job --backup-vault-name V --resource-arn ARN --iam-role-arn ROLE` now.

## Prevent
`aws_efs_backup_policy` in the module.

## Validate
`aws backup list-recovery-points-by-resource --resource-arn ARN` lists one of last night.

## Bad
```hcl
resource "aws_efs_file_system" "uploads" { # finding
  creation_token = "uploads"
}
```

## Good
```hcl
resource "aws_efs_file_system" "uploads" {
  creation_token = "uploads"
}

resource "aws_efs_backup_policy" "uploads" {
  file_system_id = aws_efs_file_system.uploads.id
  backup_policy {
    status = "ENABLED"
  }
}
```

```hcl
resource "aws_efs_file_system" "uploads" {
  creation_token = "uploads"
  tags           = { Backup = "daily" }
}

resource "aws_backup_selection" "daily" {
  name         = "daily"
  plan_id      = "0a1b2c3d-1111-2222-3333-444455556666"
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  selection_tag {
    type  = "STRINGEQUALS"
    key   = "Backup"
    value = "daily"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.backup import backed_up
from auditor.views.database import non_production
from auditor.views.decide import some


@rule(
    target="aws_efs_file_system",
    severity=Severity.LOW,
    facets=(Facet.WRITTEN, Facet.PLANNED, Facet.RECORDED),
    confidence=Confidence.FIRM,
    aliases="CKV2_AWS_18",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if non_production(resource):
        return
    if not some(lambda: _by_itself(resource, graph), lambda: backed_up(resource, graph)):
        yield Fail(body, "no backup takes the file system", expected="aws_efs_backup_policy, or a selection that takes it")


def _by_itself(resource: Resource, graph: Graph) -> bool:
    policies = graph.attached(resource, "file_system_id", "aws_efs_backup_policy")
    return any(policy.at("backup_policy.status").text == "ENABLED" for policy in policies)
