"""A subnet group lies in one availability zone.

## Why it matters
RDS refuses a subnet group that does not cover two zones (`DBSubnetGroupDoesNotCoverEnoughAZs`), so the apply stops; where older groups
exist, neither Multi-AZ nor a failover has anywhere to go.

## Five whys
1. Why does the creation of the database fail? Its subnet group covers one zone.
2. Why one? Both subnets were made in `eu-west-1a`.
3. Why? The index into the list of zones was the same for both.

## Fix now
Add a subnet in a second zone to `subnet_ids`: `aws rds modify-db-subnet-group --db-subnet-group-name G --subnet-ids A B`; three for
Aurora.

## Workaround
None: RDS needs the second zone also for an instance without a standby.

## Prevent
Make subnets with `for_each` over the zones, and pass all of them on.

## Validate
`aws rds describe-db-subnet-groups --query 'DBSubnetGroups[].[DBSubnetGroupName,Subnets[].SubnetAvailabilityZone.Name]'`.

## Bad
```hcl
resource "aws_subnet" "a" {
  vpc_id            = "vpc-0a1b2c3d"
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "b" {
  vpc_id            = "vpc-0a1b2c3d"
  cidr_block        = "10.0.2.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_db_subnet_group" "db" {
  subnet_ids = [aws_subnet.a.id, aws_subnet.b.id] # finding
}
```

## Good
```hcl
resource "aws_subnet" "a" {
  vpc_id            = "vpc-0a1b2c3d"
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "b" {
  vpc_id            = "vpc-0a1b2c3d"
  cidr_block        = "10.0.2.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_db_subnet_group" "db" {
  subnet_ids = [aws_subnet.a.id, aws_subnet.b.id]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Severity, Undecided, rule


@rule(
    target="aws_db_subnet_group aws_docdb_subnet_group aws_neptune_subnet_group",
    severity=Severity.HIGH,
    symptoms=["DBSubnetGroupDoesNotCoverEnoughAZs"],
)
def check(group: Node, graph: Graph) -> Iterator[Fail]:
    zones: set[str] = set()
    for node in group.each("subnet_ids"):
        found = graph.targets(node, "aws_subnet")
        if len(found) != 1:
            raise Undecided(node)
        zone = found[0].at("availability_zone")
        if zone.missing:
            raise Undecided(node)
        zones.add(zone.text or "")
    if len(zones) == 1:
        yield Fail(group.at("subnet_ids"), f"all subnets of the group are in {zones.pop()}", expected="two zones or more")
