"""The role of a flow log may not write to its log group.

## Why it matters
The flow log is created, its status becomes `Access error`, and not one record arrives. That is found out when the records are needed:
during an attack or an outage.

## Five whys
1. Why is the log group empty? The flow log's `DeliverLogsErrorMessage` is `Access error`.
2. Why? Its role may not open streams in the group or put events there.
3. Why not? The statement names the group without `:*`, which covers none of its streams, or names another group.

## Fix now
Add the statement in the message to the role; delivery starts within ten minutes without a new flow log.

## Workaround
Deliver to a bucket (`log_destination_type = "s3"`), which needs no role.

## Prevent
Take role, group and flow log from one module (`terraform-aws-modules/vpc` makes all three).

## Validate
`aws ec2 describe-flow-logs --query 'FlowLogs[].[FlowLogId,DeliverLogsStatus,DeliverLogsErrorMessage]' --output table` shows `SUCCESS`.

## Bad
```hcl
resource "aws_iam_role" "flow" {
  name = "flow"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "vpc-flow-logs.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "flow" {
  role = aws_iam_role.flow.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "logs:CreateLogStream", "logs:PutLogEvents",
        ]
        Resource = aws_cloudwatch_log_group.flow.arn
      },
      { Effect = "Allow", Action = ["logs:DescribeLogGroups", "logs:DescribeLogStreams"], Resource = "*" },
    ]
  })
}

resource "aws_cloudwatch_log_group" "flow" {
  name = "/network/flow"
}

resource "aws_flow_log" "main" {
  vpc_id          = "vpc-0a1b2c3d"
  traffic_type    = "ALL"
  iam_role_arn    = aws_iam_role.flow.arn
  log_destination = aws_cloudwatch_log_group.flow.arn # finding
}
```

## Good
```hcl
resource "aws_iam_role" "flow" {
  name = "flow"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "vpc-flow-logs.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "flow" {
  role = aws_iam_role.flow.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "logs:CreateLogStream", "logs:PutLogEvents",
        ]
        Resource = "${aws_cloudwatch_log_group.flow.arn}:*"
      },
      { Effect = "Allow", Action = ["logs:DescribeLogGroups", "logs:DescribeLogStreams"], Resource = "*" },
    ]
  })
}

resource "aws_cloudwatch_log_group" "flow" {
  name = "/network/flow"
}

resource "aws_flow_log" "main" {
  vpc_id          = "vpc-0a1b2c3d"
  traffic_type    = "ALL"
  iam_role_arn    = aws_iam_role.flow.arn
  log_destination = aws_cloudwatch_log_group.flow.arn
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.delivery import flow_log_needs
from auditor.views.needs.lack import unmet


@rule(
    target="aws_flow_log",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(flow_log_needs(resource, graph), resource, graph)
