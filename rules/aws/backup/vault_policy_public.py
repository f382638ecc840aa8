r"""A backup vault lets everybody in.

## Why it matters
Who may `backup:CopyIntoBackupVault` can fill the vault, who may `backup:StartRestoreJob` or copy from it has the
data. And a vault that everybody may change is no backup against an intruder.

## Five whys
1. Why were recovery points shared with an unknown account? The vault's policy allowed it.
2. Why? Its principal is `*`, for copies between the company's accounts.
3. Why not the organization? The condition `aws:PrincipalOrgID` was left out.

## Fix now
Add `StringEquals: {"aws:PrincipalOrgID": "o-..."}` or name the accounts; at once: `aws backup
delete-backup-vault-access-policy --backup-vault-name NAME`.

## Workaround
Lock the vault, so that at least nothing can be deleted: `aws backup put-backup-vault-lock-configuration
--backup-vault-name NAME --min-retention-days 7`.

## Prevent
Keep the vault in an account of its own, and let only AWS Backup copy into it.

## Validate
`aws backup get-backup-vault-access-policy --backup-vault-name NAME --query Policy --output text` shows no `*` without
a condition.

## Bad
```hcl
resource "aws_backup_vault_policy" "copies" {
  backup_vault_name = "copies"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*" # finding
      Action    = "backup:CopyIntoBackupVault"
      Resource  = "*"
    }]
  })
}
```

## Good
```hcl
resource "aws_backup_vault_policy" "copies" {
  backup_vault_name = "copies"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "backup:CopyIntoBackupVault"
      Resource  = "*"
      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Resource, Severity, rule
from auditor.views.iam.strangers import let_in
from auditor.views.policy import Statement, resource_statements


@rule(aliases="CKV_AWS_283", target="aws_backup_vault_policy", each=resource_statements, severity=Severity.HIGH)
def check(statement: Statement, resource: Resource, graph: Graph) -> Iterator[Fail]:
    principal = let_in(statement, resource, graph)
    if principal is not None:
        yield Fail(principal.where, "everybody may do this with the backup vault", expected="the accounts that copy or restore")
