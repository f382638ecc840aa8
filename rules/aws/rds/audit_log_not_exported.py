"""A MySQL cluster sends no audit log away.

## Why it matters
The audit log says who connected and which statements ran. Kept on the instance only, it can be lost with it, and an administrator of the
database can turn it off unseen.

## Five whys
1. Why do we not know who changed the prices? No record of statements was kept.
2. Why not? The audit log is not sent to CloudWatch.
3. Why? The list of exported logs has `error` and `slowquery`, what operations need, and no `audit`.

## Fix now
Set `server_audit_logging = 1` and `server_audit_events = "CONNECT,QUERY_DCL,QUERY_DDL"` in the cluster's parameter group, then add `audit`
to `enabled_cloudwatch_logs_exports`.

## Workaround
`aws rds describe-db-log-files` and a download of `audit/*` save what is there.

## Prevent
Part of the module; take `QUERY_DML` only where law asks for it, it costs throughput.

## Validate
`aws logs tail /aws/rds/cluster/NAME/audit --since 10m` shows connections.

## Bad
```hcl
resource "aws_rds_cluster" "shop" {
  engine                          = "aurora-mysql"
  enabled_cloudwatch_logs_exports = ["error", "slowquery"] # finding
}
```

## Good
```hcl
resource "aws_rds_cluster" "shop" {
  engine                          = "aurora-mysql"
  enabled_cloudwatch_logs_exports = ["audit", "error"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.database import Database


@rule(target="aws_rds_cluster", severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV_AWS_325")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if Database(resource, graph).engine != "mysql":
        return
    logs = body.at("enabled_cloudwatch_logs_exports")
    if not any(log.text == "audit" for log in logs.each()):
        yield Fail(logs, "the audit log of the cluster is sent nowhere", expected="audit among the logs")
