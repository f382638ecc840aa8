"""A migration endpoint's role may not read its secret or reach its bucket.

## Why it matters
The endpoint is saved, and `test-connection` or the first task fails: DMS fetches the secret and reads or writes the bucket with the
endpoint's role.

## Five whys
1. Why does the task not start? The connection test of the endpoint failed.
2. Why? The role may not do what the message names.
3. Why? The role was made for another endpoint, with that one's secret in its policy.

## Fix now
Add the statement in the message to the role, `aws dms test-connection --replication-instance-arn RI --endpoint-arn EP`, then `aws dms
start-replication-task ... --start-replication-task-type resume-processing`.

## Workaround
User name and password in the endpoint itself, for the hour of the cut-over only.

## Prevent
Test every endpoint's connection from the pipeline that applies it.

## Validate
`aws dms describe-connections --filters Name=endpoint-arn,Values=EP --query 'Connections[0].Status'` prints successful.

## Bad
```hcl
resource "aws_iam_role" "migrate" {
  name = "migrate"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "dms.eu-west-1.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "migrate" {
  role = aws_iam_role.migrate.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "secretsmanager:GetSecretValue",
        ]
        Resource = "arn:aws:secretsmanager:*:*:secret:billing/*"
      },
    ]
  })
}

resource "aws_secretsmanager_secret" "shop" {
  name = "shop/db"
}

resource "aws_dms_endpoint" "shop" {
  endpoint_id                     = "shop"
  endpoint_type                   = "source"
  engine_name                     = "postgres"
  secrets_manager_access_role_arn = aws_iam_role.migrate.arn
  secrets_manager_arn             = aws_secretsmanager_secret.shop.arn # finding
}
```

## Good
```hcl
resource "aws_iam_role" "migrate" {
  name = "migrate"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "dms.eu-west-1.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "migrate" {
  role = aws_iam_role.migrate.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret",
        ]
        Resource = aws_secretsmanager_secret.shop.arn
      },
    ]
  })
}

resource "aws_secretsmanager_secret" "shop" {
  name = "shop/db"
}

resource "aws_dms_endpoint" "shop" {
  endpoint_id                     = "shop"
  endpoint_type                   = "source"
  engine_name                     = "postgres"
  secrets_manager_access_role_arn = aws_iam_role.migrate.arn
  secrets_manager_arn             = aws_secretsmanager_secret.shop.arn
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.lack import unmet
from auditor.views.needs.storage import dms_needs


@rule(
    target="aws_dms_endpoint aws_dms_s3_endpoint",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(dms_needs(resource, graph), resource, graph)
