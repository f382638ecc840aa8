"""Nobody is told when a database runs out of processor, connections or disk.

## Why it matters
Almost every outage of a database announces itself, often for days: free storage falls, connections climb, the processor stays at 95 %, a
replica lags. Without an alarm on these the first one to notice is a customer, and the people on call begin with the symptom.

## Five whys
1. Why was the database down for an hour? Its disk was full.
2. Why did nobody act before? Free storage had fallen for a week, and nobody looked.
3. Why did nobody look? No alarm watches it; there is a dashboard.

## Fix now
`aws cloudwatch put-metric-alarm --alarm-name orders-free-storage --namespace AWS/RDS --metric-name FreeStorageSpace --dimensions
Name=DBInstanceIdentifier,Value=orders --statistic Minimum --period 300 --evaluation-periods 3 --threshold 10737418240
--comparison-operator LessThanThreshold --alarm-actions TOPIC` and likewise for the others in the message.

## Workaround
Event subscriptions of RDS (`aws_db_event_subscription`, category `low storage`) at least tell of the disk.

## Prevent
A module for databases that brings its alarms along. If another system watches, disable this rule, or name fewer metrics in the option
`metrics`.

## Validate
`aws cloudwatch describe-alarms-for-metric --namespace AWS/RDS --metric-name FreeStorageSpace --dimensions
Name=DBInstanceIdentifier,Value=orders` lists an alarm.

## Bad
```hcl
resource "aws_db_instance" "orders" { # finding
  identifier = "orders"
  engine     = "postgres"
}

resource "aws_cloudwatch_metric_alarm" "cpu" {
  alarm_name          = "orders-cpu"
  namespace           = "AWS/RDS"
  metric_name         = "CPUUtilization"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 85
  dimensions          = { DBInstanceIdentifier = aws_db_instance.orders.identifier }
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  identifier = "orders"
  engine     = "postgres"
}

resource "aws_cloudwatch_metric_alarm" "orders" {
  for_each            = toset(["CPUUtilization", "DatabaseConnections", "FreeStorageSpace", "FreeableMemory"])
  alarm_name          = "orders-${each.key}"
  namespace           = "AWS/RDS"
  metric_name         = each.key
  comparison_operator = "GreaterThanThreshold"
  threshold           = 85
  dimensions          = { DBInstanceIdentifier = aws_db_instance.orders.identifier }
}

resource "aws_db_instance" "sandbox" {
  identifier = "sandbox"
  engine     = "postgres"
  tags       = { Environment = "dev" }
}
```

```hcl
resource "aws_db_instance" "no_alarm_is_in_this_code_at_all" {
  identifier = "orders"
  engine     = "postgres"
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.alarm import ALARM, may_be_watched, watched
from auditor.views.database import Database, non_production

LAG = frozenset({"ReplicaLag", "AuroraReplicaLag", "AuroraReplicaLagMaximum"})


@rule(
    target="aws_db_instance",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    options={"metrics": ["CPUUtilization", "DatabaseConnections", "FreeStorageSpace", "FreeableMemory"]},
)
def check(body: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    if not graph.of(ALARM) or non_production(resource):
        return  # code without any alarm says nothing of where they are kept
    database = Database(resource, graph)
    names = [name for name in options["metrics"] if not (database.aurora and name == "FreeStorageSpace")]
    found = watched(resource, graph, "DBInstanceIdentifier")
    missing = [name for name in names if name not in found]
    if database.replica and not LAG & set(found):
        missing.append("ReplicaLag")
    if missing:
        may_be_watched(resource, graph, "DBInstanceIdentifier")
        yield Fail(body, f"no alarm watches {', '.join(missing)} of the database", expected="an alarm for each")
