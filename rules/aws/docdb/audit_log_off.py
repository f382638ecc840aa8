"""The parameters of a DocumentDB cluster turn its audit log off.

## Why it matters
The export of the audit log sends what the parameter `audit_logs` lets be recorded; with the default, `disabled`, the log group stays empty,
and looks as if nobody had done anything.

## Five whys
1. Why is the audit log empty? Nothing is recorded.
2. Why not, though it is exported? `audit_logs` is not set in the parameter group.
3. Why? The export and the parameter are two switches, and only one was known.

## Fix now
`aws docdb modify-db-cluster-parameter-group --db-cluster-parameter-group-name G --parameters
ParameterName=audit_logs,ParameterValue=enabled,ApplyMethod=immediate`; it is dynamic.

## Workaround
None; what was not recorded cannot be had later.

## Prevent
Parameter and export in one module. `all` adds reads and writes, at a price in throughput.

## Validate
`aws logs tail /aws/docdb/C/audit --since 10m` shows `authenticate` events.

## Bad
```hcl
resource "aws_docdb_cluster_parameter_group" "catalogue" { # finding
  name   = "catalogue"
  family = "docdb5.0"
}
```

## Good
```hcl
resource "aws_docdb_cluster_parameter_group" "catalogue" {
  name   = "catalogue"
  family = "docdb5.0"
  parameter {
    name  = "audit_logs"
    value = "ddl, dml_write"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.database import parameter


@rule(target="aws_docdb_cluster_parameter_group", severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV_AWS_104")
def check(group: Node, resource: Resource) -> Iterator[Fail]:
    audit = parameter(resource, "audit_logs")
    if audit is None or audit.text in ("disabled", "none"):
        yield Fail(audit or group, "the audit log of the cluster is off", expected="audit_logs = enabled")
