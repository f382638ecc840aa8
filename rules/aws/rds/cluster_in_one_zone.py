"""All instances of a database cluster are in one availability zone.

## Why it matters
The storage of Aurora lies in three zones, the instances do not: when their zone fails, there is nothing to fail over to. Aurora then
starts a new instance in another zone, which takes ten minutes and more, and may fail for lack of capacity while everybody does the same.

## Five whys
1. Why was the shop down as long as the zone was? No instance of the cluster was left.
2. Why was the reader of no use? It ran in the same zone as the writer.
3. Why? `availability_zone` of both was written by hand.

## Fix now
Add a reader in another zone: `aws rds create-db-instance --db-cluster-identifier C --db-instance-identifier C-b --engine aurora-postgresql
--db-instance-class CLASS --availability-zone eu-central-1b`, then remove the second one of the first zone.

## Workaround
Practise the recovery: how long a new instance takes in another zone is the time that you will be down.

## Prevent
Leave `availability_zone` out, RDS spreads the instances itself; or take it from the index:
`data.aws_availability_zones.a.names[count.index]`.

## Validate
`aws rds describe-db-instances --filters Name=db-cluster-id,Values=C --query 'DBInstances[].AvailabilityZone'` shows two zones or more.

## Bad
```hcl
resource "aws_rds_cluster" "orders" { # finding
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}

resource "aws_rds_cluster_instance" "orders" {
  count              = 2
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
  availability_zone  = "eu-central-1a"
}
```

## Good
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}

resource "aws_rds_cluster_instance" "orders" {
  count              = 2
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
  availability_zone  = ["eu-central-1a", "eu-central-1b"][count.index]
}

resource "aws_rds_cluster" "spread_by_rds" {
  cluster_identifier = "spread"
  engine             = "aurora-postgresql"
}

resource "aws_rds_cluster_instance" "spread_by_rds" {
  count              = 2
  cluster_identifier = aws_rds_cluster.spread_by_rds.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.database import Database, non_production


@rule(
    target="aws_rds_cluster aws_docdb_cluster aws_neptune_cluster",
    severity=Severity.HIGH,
    facets=(Facet.WRITTEN, Facet.PLANNED, Facet.RECORDED),
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if non_production(resource):
        return
    members = _members(resource, graph)
    zones = [member.at("availability_zone") for member in members]
    if len(members) < 2 or any(zone.missing or not zone.text for zone in zones) or any(member.doubt for member in members):
        return
    if len({zone.text for zone in zones}) == 1:
        message = f"all {len(members)} instances of the cluster are in {zones[0].text}"
        yield Fail(body, message, expected="instances in two zones", related=tuple(zones))


def _members(cluster: Resource, graph: Graph) -> tuple[Resource, ...]:
    if cluster.kind == "aws_rds_cluster":
        return Database(cluster, graph).members
    return graph.attached(cluster, "cluster_identifier", f"{cluster.kind}_instance")
