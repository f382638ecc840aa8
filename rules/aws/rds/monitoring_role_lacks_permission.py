"""The role of enhanced monitoring may not write its metrics.

## Why it matters
Enhanced monitoring is paid for and shows nothing: memory, processes and disk of the database host are missing in Performance Insights
when the database is slow.

## Five whys
1. Why are there no OS metrics of the incident? RDS could not write them to the group `RDSOSMetrics`.
2. Why? The monitoring role lacks the actions in the message.
3. Why? Its policy was written by hand instead of attaching `AmazonRDSEnhancedMonitoringRole`.

## Fix now
`aws iam attach-role-policy --role-name ROLE --policy-arn arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole`.

## Workaround
CloudWatch's own metrics of the instance (`FreeableMemory`, `SwapUsage`) have a minute's resolution and need no role.

## Prevent
One monitoring role per account, made in one place, and its ARN handed to every database.

## Validate
`aws logs describe-log-streams --log-group-name RDSOSMetrics --order-by LastEventTime --descending --max-items 1` shows the resource id of
the instance.

## Bad
```hcl
resource "aws_iam_role" "monitor" {
  name = "monitor"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "monitoring.rds.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "monitor" {
  role = aws_iam_role.monitor.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "cloudwatch:PutMetricData", Resource = "*" },
    ]
  })
}

resource "aws_db_instance" "shop" {
  identifier          = "shop"
  engine              = "postgres"
  instance_class      = "db.t4g.medium"
  allocated_storage   = 50
  monitoring_interval = 60
  monitoring_role_arn = aws_iam_role.monitor.arn # finding
}
```

## Good
```hcl
resource "aws_iam_role" "monitor" {
  name = "monitor"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "monitoring.rds.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "amazonrdsenhancedmonitoringrole" {
  role       = aws_iam_role.monitor.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
}

resource "aws_db_instance" "shop" {
  identifier          = "shop"
  engine              = "postgres"
  instance_class      = "db.t4g.medium"
  allocated_storage   = 50
  monitoring_interval = 60
  monitoring_role_arn = aws_iam_role.monitor.arn
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.delivery import monitoring_needs
from auditor.views.needs.lack import unmet


@rule(
    target="aws_db_instance aws_rds_cluster aws_rds_cluster_instance",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(monitoring_needs(resource, graph), resource, graph)
