"""A warehouse keeps no log of connections and queries.

## Why it matters
System tables keep two to five days, and an administrator can read and clear them. Without the audit log nobody can say a month later who
exported the table of customers.

## Five whys
1. Why is it unknown who unloaded the table? The query is in no log any more.
2. Why? System tables go back a few days.
3. Why is there no other log? Audit logging is off, its default.

## Fix now
`aws redshift enable-logging --cluster-identifier C --log-destination-type cloudwatch --log-exports connectionlog userlog useractivitylog`,
or an `aws_redshift_logging`; statements need `enable_user_activity_logging = true` in the parameter group too.

## Workaround
Save what is there: `UNLOAD ('SELECT * FROM stl_query') TO 's3://…'`, for `stl_connection_log` and `stl_userlog` as well.

## Prevent
In the module, with a retention on the log group.

## Validate
`aws redshift describe-logging-status --cluster-identifier C` prints `"LoggingEnabled": true`.

## Bad
```hcl
resource "aws_redshift_cluster" "dwh" { # finding
  cluster_identifier = "dwh"
  node_type          = "ra3.xlplus"
}
```

## Good
```hcl
resource "aws_redshift_cluster" "dwh" {
  cluster_identifier = "dwh"
  node_type          = "ra3.xlplus"
}

resource "aws_redshift_logging" "dwh" {
  cluster_identifier   = aws_redshift_cluster.dwh.id
  log_destination_type = "cloudwatch"
  log_exports          = ["connectionlog", "userlog"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule


@rule(target="aws_redshift_cluster", severity=Severity.MEDIUM, aliases="CKV_AWS_71")
def check(cluster: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    enabled = cluster.at("logging.enable")
    if enabled.present and (enabled.flag or enabled.number == 1):
        return
    if not graph.attached(resource, "cluster_identifier", "aws_redshift_logging"):
        yield Fail(enabled, "connections and queries are not logged", expected="aws_redshift_logging")
