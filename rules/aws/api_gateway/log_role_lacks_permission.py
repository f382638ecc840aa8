"""API Gateway's logging role may not write logs.

## Why it matters
This role holds for all REST and WebSocket APIs of the account and region. API Gateway tests it when it is set (`The role ARN does not
have required permissions configured`), and when the policy is cut later all execution logs of all stages stop at once.

## Five whys
1. Why is there no execution log? API Gateway could not write it.
2. Why? The account's logging role lacks the actions in the message.
3. Why? The policy was written by hand from a shorter list than `AmazonAPIGatewayPushToCloudWatchLogs`.

## Fix now
`aws iam attach-role-policy --role-name ROLE --policy-arn arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`.

## Workaround
Access logs to Firehose do not use this role.

## Prevent
Declare the account's role once per region, in the same place as the AWS managed policy, and in no application's stack.

## Validate
`aws apigateway update-account --patch-operations op=replace,path=/cloudwatchRoleArn,value=ARN` succeeds.

## Bad
```hcl
resource "aws_iam_role" "gateway" {
  name = "gateway"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "apigateway.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "gateway" {
  role = aws_iam_role.gateway.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "*" },
    ]
  })
}

resource "aws_api_gateway_account" "this" {
  cloudwatch_role_arn = aws_iam_role.gateway.arn # finding
}
```

## Good
```hcl
resource "aws_iam_role" "gateway" {
  name = "gateway"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "apigateway.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "amazonapigatewaypushtocloudwatchlogs" {
  role       = aws_iam_role.gateway.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
}

resource "aws_api_gateway_account" "this" {
  cloudwatch_role_arn = aws_iam_role.gateway.arn
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.delivery import gateway_log_needs
from auditor.views.needs.lack import unmet


@rule(
    target="aws_api_gateway_account",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=[
        r"The role ARN does not have required permissions configured",
    ],
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(gateway_log_needs(resource, graph), resource, graph)
