"""A read replica is smaller than the database that it follows.

## Why it matters
The replica has to apply every write of its source, on half the machine, beside its own reads. It falls behind under load, reports show old
data, and WAL piles up on the source. When it is promoted, it carries the whole load.

## Five whys
1. Why do reports show data of an hour ago? The replica lags.
2. Why? It cannot apply writes as fast as its source makes them.
3. Why? It has a smaller class.

## Fix now
`aws rds modify-db-instance --db-instance-identifier REPLICA --db-instance-class CLASS --apply-immediately`; the replica restarts, the
source does not.

## Workaround
Stop the heaviest reports until `ReplicaLag` is near zero.

## Prevent
One variable for both classes; an alarm on `ReplicaLag` over 30 seconds.

## Validate
`aws cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name ReplicaLag …` stays below a few seconds at peak.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  engine         = "postgres"
  instance_class = "db.m6g.2xlarge"
}

resource "aws_db_instance" "reports" {
  instance_class      = "db.m6g.large" # finding
  replicate_source_db = aws_db_instance.orders.identifier
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  engine         = "postgres"
  instance_class = "db.m6g.2xlarge"
}

resource "aws_db_instance" "reports" {
  instance_class      = "db.m6g.2xlarge"
  replicate_source_db = aws_db_instance.orders.identifier
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule
from auditor.views.database import instance_size


@rule(target="aws_db_instance", severity=Severity.LOW, confidence=Confidence.FIRM)
def check(replica: Node, graph: Graph) -> Iterator[Fail]:
    for source in graph.targets(replica.at("replicate_source_db"), "aws_db_instance"):
        mine, theirs = (instance_size(body.at("instance_class").text or "") for body in (replica, source.body))
        if mine is not None and theirs is not None and mine * 2 <= theirs:
            message = f"the replica is smaller than {source.address.text}"
            yield Fail(replica.at("instance_class"), message, expected=source.at("instance_class").text or "")
