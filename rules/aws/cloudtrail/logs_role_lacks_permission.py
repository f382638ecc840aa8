"""CloudTrail's role may not write to the trail's log group.

## Why it matters
CloudTrail checks the role when the trail is made: the apply fails with `InvalidCloudWatchLogsRoleArnException`. When the policy is
changed later, delivery to CloudWatch Logs just stops, and with it every alarm on root logins, IAM changes or refused calls.

## Five whys
1. Why did the alarm on a root login stay silent? No event of the trail reached the log group.
2. Why? CloudTrail may not write there with the trail's role.
3. Why not? The statement names another group, or another account's stream prefix.

## Fix now
Add the statement in the message to the role; `aws cloudtrail get-trail-status --name NAME --query LatestCloudWatchLogsDeliveryError`
empties within minutes.

## Workaround
Search the trail's bucket with Athena until the group is filled again.

## Prevent
Alarm on the age of the last event in the group (`IncomingLogEvents` below 1 for an hour).

## Validate
`aws cloudtrail get-trail-status --name NAME --query LatestCloudWatchLogsDeliveryTime` is younger than ten minutes.

## Bad
```hcl
resource "aws_iam_role" "trail" {
  name = "trail"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "cloudtrail.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "trail" {
  role = aws_iam_role.trail.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "logs:CreateLogStream", Resource = "${aws_cloudwatch_log_group.trail.arn}:*" },
    ]
  })
}

resource "aws_cloudwatch_log_group" "trail" {
  name = "trail"
}

resource "aws_cloudtrail" "main" {
  name                       = "main"
  s3_bucket_name             = "trail-4711"
  cloud_watch_logs_role_arn  = aws_iam_role.trail.arn
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*" # finding
}
```

## Good
```hcl
resource "aws_iam_role" "trail" {
  name = "trail"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "cloudtrail.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "trail" {
  role = aws_iam_role.trail.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "logs:CreateLogStream", "logs:PutLogEvents",
        ]
        Resource = "${aws_cloudwatch_log_group.trail.arn}:*"
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "trail" {
  name = "trail"
}

resource "aws_cloudtrail" "main" {
  name                       = "main"
  s3_bucket_name             = "trail-4711"
  cloud_watch_logs_role_arn  = aws_iam_role.trail.arn
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.delivery import trail_needs
from auditor.views.needs.lack import unmet


@rule(
    target="aws_cloudtrail",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(trail_needs(resource, graph), resource, graph)
