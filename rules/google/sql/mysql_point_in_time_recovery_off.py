"""A MySQL instance on Cloud SQL cannot be restored to a point in time.

## Why it matters
Without the binary log, a restore goes back to the last backup, and loses all orders since the night. With it, the instance can be
restored to the second before the mistake.

## Five whys
1. Why were the orders of the whole day lost? The restore went back to the nightly backup.
2. Why not to the minute before the mistake? There is no binary log.
3. Why not? `binary_log_enabled` is off by default, also when backups are on.

## Fix now
`gcloud sql instances patch INSTANCE --enable-bin-log` (backups have to be on); the instance restarts.

## Workaround
Backups on demand before each risky change: `gcloud sql backups create --instance=INSTANCE`.

## Prevent
`binary_log_enabled = true` and `transaction_log_retention_days` in the module.

## Validate
`gcloud sql instances describe INSTANCE --format="value(settings.backupConfiguration.binaryLogEnabled)"` prints True, and `gcloud sql
instances clone INSTANCE TRIAL --point-in-time=TIME` works.

## Bad
```hcl
resource "google_sql_database_instance" "shop" {
  database_version = "MYSQL_8_0"
  settings {
    tier = "db-n1-standard-2"
    backup_configuration {
      enabled            = true
      binary_log_enabled = false # finding
    }
  }
}
```

## Good
```hcl
resource "google_sql_database_instance" "shop" {
  database_version = "MYSQL_8_0"
  settings {
    tier = "db-n1-standard-2"
    backup_configuration {
      enabled            = true
      binary_log_enabled = true
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.google.sql import KIND, mysql


@rule(target=KIND, severity=Severity.MEDIUM, aliases="CKV2_GCP_20")
def check(body: Node) -> Iterator[Fail]:
    if body.at("master_instance_name").present:
        return
    for _instance in mysql(body):
        log = body.at("settings.backup_configuration.binary_log_enabled")
        if log.missing or log.flag is not True:
            yield Fail(log, "the database can only be restored to its last nightly backup", expected="binary_log_enabled = true")
