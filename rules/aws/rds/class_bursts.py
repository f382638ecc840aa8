"""A production database runs on a class that is fast only while its credits last.

## Why it matters
The classes `db.t*` have a baseline of 10 to 40 % of a core for each vCPU. Above it they spend credits; once those are gone a T2 is
throttled to the baseline, and a T3 or T4g goes on at a price for each hour. Throttled, a query of 20 ms takes 200 ms, connections pile
up, and the pools fill.

## Five whys
1. Why did every page become slow at 11:30? The database had a tenth of its usual speed.
2. Why? Its CPU credits were used up.
3. Why? Load was above the baseline of the class for hours.
4. Why is such a class in production? It came from the first environment, and it was fast there.

## Fix now
`aws rds modify-db-instance --db-instance-identifier ID --db-instance-class db.m6g.large --apply-immediately` (a failover of a minute or two
with Multi-AZ, a restart without).

## Workaround
Take the heaviest readers away for an hour: credits come back while the load is below the baseline.

## Prevent
A fixed class (`m`, `r`) for production, `db.t*` for development; an alarm on `CPUCreditBalance`.

## Validate
`aws cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name CPUCreditBalance --dimensions Name=DBInstanceIdentifier,Value=ID
--start-time S --end-time E --period 3600 --statistics Minimum` never comes near 0.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  engine         = "postgres"
  instance_class = "db.t3.medium" # finding
  multi_az       = true
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  engine         = "postgres"
  instance_class = "db.m6g.large"
  multi_az       = true
}

resource "aws_db_instance" "sandbox" {
  engine         = "postgres"
  instance_class = "db.t4g.micro"
  tags           = { Environment = "dev" }
}

resource "aws_db_instance" "watched" {
  identifier     = "watched"
  engine         = "postgres"
  instance_class = "db.t4g.medium"
}

resource "aws_cloudwatch_metric_alarm" "credits" {
  alarm_name          = "watched-credits"
  namespace           = "AWS/RDS"
  metric_name         = "CPUCreditBalance"
  comparison_operator = "LessThanThreshold"
  threshold           = 50
  dimensions          = { DBInstanceIdentifier = aws_db_instance.watched.identifier }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.alarm import watches
from auditor.views.database import non_production


@rule(
    target="aws_db_instance aws_rds_cluster_instance",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    symptoms=["CPUCreditBalance", "CPU credit"],
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    name = body.at("instance_class")
    if not (name.text or "").startswith("db.t") or non_production(resource):
        return
    if not watches(resource, graph, "DBInstanceIdentifier", "CPUCreditBalance"):
        yield Fail(name, f"{name.text} is fast only while its CPU credits last", expected="a class of the families m or r")
