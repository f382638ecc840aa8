"""The instance that takes over from the writer of a cluster is smaller.

## Why it matters
After a failover the reader becomes the writer with all of its load. A class with half the memory swaps, throttles connections and turns a
30-second failover into an outage.

## Five whys
1. Why was the shop slow after the failover had worked? The new writer was at its limit.
2. Why? It has half the memory of the old one.
3. Why was that one chosen? Its promotion tier is as good as any other's.
4. Why is it smaller? It was sized for reports.

## Fix now
Make the class equal: `aws rds modify-db-instance --db-instance-identifier READER --db-instance-class CLASS --apply-immediately` restarts
the reader only. Or give a reader that must stay small `promotion_tier = 15` and add another of full size.

## Workaround
Fail over on purpose to the larger one: `aws rds failover-db-cluster --target-db-instance-identifier LARGE`.

## Prevent
One variable for the class of all instances with tiers 0 and 1.

## Validate
`aws rds describe-db-clusters --query 'DBClusters[].DBClusterMembers[].[DBInstanceIdentifier,PromotionTier]'` beside the classes.

## Bad
```hcl
resource "aws_rds_cluster" "shop" {
  cluster_identifier = "shop"
  engine             = "aurora-postgresql"
}

resource "aws_rds_cluster_instance" "writer" {
  cluster_identifier = aws_rds_cluster.shop.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.2xlarge"
}

resource "aws_rds_cluster_instance" "reader" {
  cluster_identifier = aws_rds_cluster.shop.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large" # finding
}
```

## Good
```hcl
resource "aws_rds_cluster" "shop" {
  cluster_identifier = "shop"
  engine             = "aurora-postgresql"
}

resource "aws_rds_cluster_instance" "writer" {
  cluster_identifier = aws_rds_cluster.shop.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.2xlarge"
}

resource "aws_rds_cluster_instance" "standby" {
  cluster_identifier = aws_rds_cluster.shop.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.2xlarge"
}

resource "aws_rds_cluster_instance" "reports" {
  cluster_identifier = aws_rds_cluster.shop.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
  promotion_tier     = 15
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.database import Database, instance_size


@rule(target="aws_rds_cluster", severity=Severity.HIGH, confidence=Confidence.FIRM)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    members = Database(resource, graph).members
    sizes = {member: size for member in members if (size := instance_size(member.at("instance_class").text or "")) is not None}
    if len(sizes) < 2 or len(sizes) < len(members):
        return
    full = max(sizes.values())
    targets = {_target(writer, sizes): None for writer in sizes if sizes[writer] == full}
    for target in targets:
        if sizes[target] * 2 <= full:
            message = f"{target.address.text} becomes the writer after a failover, with half its size or less"
            yield Fail(target.at("instance_class"), message, expected="the class of the writer")


def _target(writer: Resource, sizes: dict[Resource, int]) -> Resource:
    """The member that takes over: of the best tier, and of those the largest."""
    return min((member for member in sizes if member is not writer), key=lambda member: (_tier(member), -sizes[member]))


def _tier(member: Resource) -> int:
    node = member.at("promotion_tier")
    return 0 if node.missing or node.number is None else int(node.number)
