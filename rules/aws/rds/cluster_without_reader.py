"""A production cluster has one instance, so nothing takes over from it.

## Why it matters
Aurora's storage survives a zone, its only instance does not: RDS has to start a new one, which takes ten minutes and fails while the zone
has no capacity. With a second instance the failover takes about 30 seconds.

## Five whys
1. Why was the database away for twelve minutes? Its only instance had to be created anew.
2. Why was there no other to take over? The cluster has one member.
3. Why? Aurora was taken for highly available by itself; that holds for the storage only.

## Fix now
Add a second `aws_rds_cluster_instance` of the same class, in another zone, with `promotion_tier = 0` or 1:
`aws rds create-db-instance --db-cluster-identifier C --engine E --db-instance-class K --db-instance-identifier C-2`.

## Workaround
None that is faster than adding the instance: it takes about ten minutes and does not disturb the writer.

## Prevent
`count = 2` in the module for clusters, one per zone by the subnet group.

## Validate
`aws rds describe-db-clusters --query 'DBClusters[].[DBClusterIdentifier,length(DBClusterMembers),MultiAZ]'` prints 2 or more and true.

## Bad
```hcl
resource "aws_rds_cluster" "shop" { # finding
  cluster_identifier = "shop"
  engine             = "aurora-postgresql"
}

resource "aws_rds_cluster_instance" "one" {
  cluster_identifier = aws_rds_cluster.shop.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
}
```

## Good
```hcl
resource "aws_rds_cluster" "shop" {
  cluster_identifier = "shop"
  engine             = "aurora-postgresql"
}

resource "aws_rds_cluster_instance" "node" {
  count              = 2
  cluster_identifier = aws_rds_cluster.shop.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.database import Database, non_production


@rule(
    target="aws_rds_cluster",
    severity=Severity.MEDIUM,
    facets=(Facet.WRITTEN, Facet.PLANNED, Facet.RECORDED),
    confidence=Confidence.FIRM,
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    database = Database(resource, graph)
    if body.at("db_cluster_instance_class").present or non_production(resource):
        return
    mode = body.at("engine_mode")
    if mode.present and mode.text == "serverless":
        return
    members = database.members
    if len(members) == 1 and not members[0].doubt:
        yield Fail(body, "the cluster has one instance, and nothing takes over from it", expected="two instances or more")
