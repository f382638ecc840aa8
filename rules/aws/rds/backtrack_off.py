"""An Aurora MySQL cluster cannot be wound back.

## Why it matters
Backtrack turns the whole cluster back to a second within its window, in minutes and in place. Without it a wrong UPDATE means a restore
into a new cluster, hours, and new endpoints.

## Five whys
1. Why did the repair of a wrong UPDATE take four hours? A new cluster was restored and the data copied back.
2. Why not in place? Backtrack was not on.
3. Why not? It has to be chosen when the cluster is created, and `backtrack_window` was 0.

## Fix now
It can be enabled by restoring or cloning: `aws rds restore-db-cluster-to-point-in-time --restore-type copy-on-write --backtrack-window
86400 …`, then switch over. On a cluster that was made with it, `modify-db-cluster --backtrack-window` changes the window.

## Workaround
A clone of the cluster before each risky migration: `--restore-type copy-on-write` takes minutes and little space.

## Prevent
Write `backtrack_window = 86400` (a day; 259200 at most) when the cluster is created; it does not work with binlog replicas across regions.

## Validate
`aws rds describe-db-clusters --query 'DBClusters[].[DBClusterIdentifier,BacktrackWindow]'` prints the seconds.

## Bad
```hcl
resource "aws_rds_cluster" "shop" { # finding
  engine         = "aurora-mysql"
  engine_version = "8.0.mysql_aurora.3.05.2"
}
```

## Good
```hcl
resource "aws_rds_cluster" "shop" {
  engine           = "aurora-mysql"
  engine_version   = "8.0.mysql_aurora.3.05.2"
  backtrack_window = 86400
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.database import Database


@rule(target="aws_rds_cluster", severity=Severity.INFO, confidence=Confidence.FIRM, aliases="CKV_AWS_326")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    database = Database(resource, graph)
    if database.engine != "mysql" or not database.aurora:
        return
    window = body.at("backtrack_window")
    if window.missing or (window.number is not None and window.number <= 0):
        yield Fail(window, "the cluster cannot be wound back", expected="a window in seconds")
