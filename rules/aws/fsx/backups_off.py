"""A file system of FSx takes no daily backups.

## Why it matters
With a retention of 0 nothing is kept beside the files themselves. Only Windows file systems back up by default; ONTAP, OpenZFS and
persistent Lustre do not.

## Five whys
1. Why can the share not be restored after the encryption trojan? There is no backup.
2. Why not? `automatic_backup_retention_days` is 0.
3. Why? It is the default for this kind of file system.

## Fix now
`aws fsx update-file-system --file-system-id F --windows-configuration AutomaticBackupRetentionDays=30` (`--ontap-configuration`,
`--open-zfs-configuration`, `--lustre-configuration` for the others); no interruption.

## Workaround
`aws fsx create-backup --file-system-id F` now.

## Prevent
30 days in the module; scratch file systems of Lustre cannot be backed up and hold nothing that matters.

## Validate
`aws fsx describe-backups --filters Name=file-system-id,Values=F --query 'Backups[].CreationTime'` shows last night.

## Bad
```hcl
resource "aws_fsx_windows_file_system" "shares" {
  subnet_ids                      = ["subnet-0a1b2c3d"]
  throughput_capacity             = 64
  automatic_backup_retention_days = 0 # finding
}
```

## Good
```hcl
resource "aws_fsx_windows_file_system" "shares" {
  subnet_ids                      = ["subnet-0a1b2c3d"]
  throughput_capacity             = 64
  automatic_backup_retention_days = 30
}

resource "aws_fsx_lustre_file_system" "scratch" {
  subnet_ids       = ["subnet-0a1b2c3d"]
  storage_capacity = 1200
  deployment_type  = "SCRATCH_2"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.backup import backed_up
from auditor.views.database import non_production


@rule(
    target="aws_fsx_windows_file_system aws_fsx_ontap_file_system aws_fsx_openzfs_file_system aws_fsx_lustre_file_system",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if resource.kind == "aws_fsx_lustre_file_system":
        deployment = body.at("deployment_type")
        if deployment.missing or not (deployment.text or "").startswith("PERSISTENT"):
            return
    days = body.at("automatic_backup_retention_days")
    off = resource.kind != "aws_fsx_windows_file_system" if days.missing else days.number == 0
    if off and not non_production(resource) and not backed_up(resource, graph):
        yield Fail(days, "the file system takes no daily backups", expected="30")
