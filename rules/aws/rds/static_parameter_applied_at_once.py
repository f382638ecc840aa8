"""A parameter that needs a restart is to be applied at once, and RDS refuses that.

## Why it matters
Static parameters (`max_connections`, `shared_buffers`, `innodb_buffer_pool_instances` ...) are read at the start of the server. RDS
refuses to change them with `apply_method = "immediate"`, which is also the default of Terraform: the apply stops in the middle of a
change.

## Five whys
1. Why did the apply fail halfway? RDS answered `cannot use immediate apply method for static parameter`.
2. Why? The parameter is static, and its apply method is the default.
3. Why did the review not see it? A plan does not know which parameters are static.

## Fix now
Write `apply_method = "pending-reboot"` for the parameter, apply, and restart in a maintenance window: `aws rds reboot-db-instance
--db-instance-identifier ID` (with `--force-failover` on Multi-AZ).

## Workaround
None: the value takes effect only with a restart.

## Prevent
`aws rds describe-engine-default-parameters --db-parameter-group-family postgres16 --query
"EngineDefaults.Parameters[?ApplyType=='static'].ParameterName"` lists them for a family.

## Validate
`aws rds describe-db-instances --query 'DBInstances[].DBParameterGroups[].ParameterApplyStatus'` says `in-sync` after the restart.

## Bad
```hcl
resource "aws_db_parameter_group" "orders" {
  family = "postgres16"
  parameter { # finding
    name  = "max_connections"
    value = "400"
  }
}
```

## Good
```hcl
resource "aws_db_parameter_group" "orders" {
  family = "postgres16"
  parameter {
    name         = "max_connections"
    value        = "400"
    apply_method = "pending-reboot"
  }
  parameter {
    name  = "log_min_duration_statement"
    value = "500"
  }
}

resource "aws_db_parameter_group" "mysql" {
  family = "mysql8.0"
  parameter {
    name  = "max_connections"
    value = "400"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Severity, rule

STATIC = {
    "postgres": (
        "autovacuum_freeze_max_age",
        "autovacuum_max_workers",
        "huge_pages",
        "max_connections",
        "max_files_per_process",
        "max_locks_per_transaction",
        "max_logical_replication_workers",
        "max_prepared_transactions",
        "max_replication_slots",
        "max_wal_senders",
        "max_worker_processes",
        "rds.logical_replication",
        "shared_buffers",
        "shared_preload_libraries",
        "track_activity_query_size",
        "track_commit_timestamp",
        "wal_buffers",
    ),
    "mysql": (
        "innodb_autoinc_lock_mode",
        "innodb_buffer_pool_instances",
        "innodb_open_files",
        "innodb_page_cleaners",
        "innodb_purge_threads",
        "innodb_read_io_threads",
        "innodb_sort_buffer_size",
        "innodb_write_io_threads",
        "lower_case_table_names",
        "performance_schema",
        "skip_name_resolve",
    ),
}
"""Static in every version of the engine: `ApplyType` of `aws rds describe-engine-default-parameters`."""


@rule(
    target="aws_db_parameter_group aws_rds_cluster_parameter_group",
    severity=Severity.MEDIUM,
    facets=(Facet.WRITTEN, Facet.PLANNED),
    symptoms=["cannot use immediate apply method for static parameter"],
)
def check(group: Node) -> Iterator[Fail]:
    family = (group.at("family").text or "").removeprefix("aurora-")
    static = next((names for engine, names in STATIC.items() if family.startswith(engine)), ())
    for parameter in group.each("parameter"):
        method, name = parameter.at("apply_method"), parameter.at("name").text
        if name in static and (method.missing or method.text == "immediate"):
            message = f"{name} is static, and RDS refuses to apply it at once"
            yield Fail(method, message, expected="pending-reboot", actual="not set, which means immediate" if method.missing else "")
