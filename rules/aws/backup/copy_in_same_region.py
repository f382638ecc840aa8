"""The copies of a backup plan stay in the region of the backups.

## Why it matters
A copy action into a vault of the same region doubles the bill and protects from little: the event that takes the first vault away (a
region that is down, a key that was deleted, an administrator's mistake in that region) mostly takes the second one as well.

## Five whys
1. Why could nothing be restored in the other region? Both vaults were in the first one.
2. Why? The destination of the copy is a vault of the same provider configuration.
3. Why did nobody see it? The console shows copies, and not how far away they are.

## Fix now
Create a vault in another region (`provider = aws.west`), and name its ARN in `copy_action`. One copy by hand for today: `aws backup
start-copy-job --recovery-point-arn RP --source-backup-vault-name V --destination-backup-vault-arn ARN --iam-role-arn ROLE`.

## Workaround
Snapshots can be copied across regions one by one: `aws rds copy-db-snapshot --source-region R ...`.

## Prevent
Take the destination from another account's or region's state, not from the same folder.

## Validate
`aws backup list-copy-jobs --by-state COMPLETED --query 'CopyJobs[].DestinationBackupVaultArn'` names another region.

## Bad
```hcl
provider "aws" {
  region = "eu-central-1"
}

resource "aws_backup_vault" "second" {
  name = "second"
}

resource "aws_backup_plan" "daily" {
  name = "daily"
  rule {
    rule_name         = "daily"
    target_vault_name = "first"
    schedule          = "cron(0 3 * * ? *)"
    copy_action {
      destination_vault_arn = aws_backup_vault.second.arn # finding
    }
  }
}
```

## Good
```hcl
provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "west"
  region = "eu-west-1"
}

resource "aws_backup_vault" "second" {
  provider = aws.west
  name     = "second"
}

resource "aws_backup_plan" "daily" {
  name = "daily"
  rule {
    rule_name         = "daily"
    target_vault_name = "first"
    schedule          = "cron(0 3 * * ? *)"
    copy_action {
      destination_vault_arn = aws_backup_vault.second.arn
    }
    copy_action {
      destination_vault_arn = "arn:aws:backup:eu-central-1:999988887777:backup-vault:safe"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.region import region, same_region


@rule(target="aws_backup_plan", severity=Severity.LOW, confidence=Confidence.LIKELY)
def check(plan: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for arn in plan.each("rule.copy_action.destination_vault_arn"):
        for vault in graph.targets(arn, "aws_backup_vault"):
            if same_region(resource, vault, graph):
                place = region(vault, graph) or "the same region"
                yield Fail(arn, f"backups and their copies in {vault.address.text} are both in {place}", expected="another region")
