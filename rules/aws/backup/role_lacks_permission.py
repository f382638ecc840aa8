"""The role of a backup selection may not back up what it selects.

## Why it matters
The plan runs every night and its jobs for these resources fail. There is no copy, and the day when that is noticed is the day when it is
needed.

## Five whys
1. Why is there no recovery point? The backup jobs fail with AccessDenied.
2. Why? The selection's role may not copy this kind of resource.
3. Why? AWS's policy for backups covers most kinds and not all (S3 has one of its own), or the role was written for another kind.

## Fix now
`aws iam attach-role-policy --role-name ROLE --policy-arn arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup`, then
`aws backup start-backup-job --backup-vault-name VAULT --resource-arn ARN --iam-role-arn ROLE_ARN`.

## Workaround
Make a copy by hand: `aws dynamodb create-backup`, `aws rds create-db-snapshot`.

## Prevent
Report failed jobs with `aws_backup_vault_notifications` (`BACKUP_JOB_FAILED`) or a Backup Audit Manager framework.

## Validate
`aws backup list-backup-jobs --by-resource-arn ARN --max-results 1 --query 'BackupJobs[0].State'` prints COMPLETED.

## Bad
```hcl
resource "aws_iam_role" "backup" {
  name = "backup"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "backup.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "backup" {
  role = aws_iam_role.backup.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["ec2:CreateSnapshot", "ec2:CreateTags"], Resource = "*" },
    ]
  })
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_backup_selection" "data" {
  name         = "data"
  plan_id      = "7f1f2b0e"
  iam_role_arn = aws_iam_role.backup.arn
  resources    = [aws_dynamodb_table.orders.arn] # finding
}
```

## Good
```hcl
resource "aws_iam_role" "backup" {
  name = "backup"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "backup.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "awsbackupservicerolepolicyforbackup" {
  role       = aws_iam_role.backup.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_backup_selection" "data" {
  name         = "data"
  plan_id      = "7f1f2b0e"
  iam_role_arn = aws_iam_role.backup.arn
  resources    = [aws_dynamodb_table.orders.arn]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.lack import unmet
from auditor.views.needs.storage import backup_needs


@rule(
    target="aws_backup_selection",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(backup_needs(resource, graph), resource, graph)
