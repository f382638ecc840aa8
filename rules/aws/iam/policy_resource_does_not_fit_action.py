r"""A statement names an action and no resource that the action can be about.

## Why it matters
Every action is checked against the ARN of what it works on: `logs:PutLogEvents` against a stream, `dynamodb:Query` against a table or an
index, `ec2:DescribeInstances` against nothing but `*`. With any other ARN the statement is valid and grants nothing.

## Five whys
1. Why is the call refused although its action stands in the policy? The resource of the statement never matches the request's.
2. Why? The action is about another type of resource, or cannot be limited to one at all.
3. Why was it accepted? IAM checks that a statement is well formed, not that it can match.

## Fix now
Write the ARN in the form in the message. Where the action concerns no resource, give it a statement of its own with `Resource = "*"`.

## Workaround
`Resource = "*"` for this one action and a condition (`aws:RequestedRegion`, `aws:ResourceTag/...`) where the action knows it.

## Prevent
`aws accessanalyzer validate-policy --policy-type IDENTITY_POLICY --policy-document file://policy.json` in the pipeline; the Service
Authorization Reference lists the resource types of each action.

## Validate
`aws iam simulate-principal-policy --policy-source-arn ARN --action-names ACTION --resource-arns RESOURCE_ARN` says `allowed`.

## Bad
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "logs:PutLogEvents", Resource = "arn:aws:logs:eu-west-1:111122223333:log-group:/app" }, # finding
    ]
  })
}
```

```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["ec2:DescribeInstances"], Resource = "arn:aws:ec2:eu-west-1:111122223333:instance/*" }, # finding
    ]
  })
}
```

```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "iam:PassRole", Resource = "arn:aws:iam:eu-west-1:111122223333:role/app" }, # finding
    ]
  })
}
```

## Good
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "logs:PutLogEvents", Resource = "arn:aws:logs:eu-west-1:111122223333:log-group:/app:*" },
    ]
  })
}
```

```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["ec2:DescribeInstances", "ec2:StopInstances"], Resource = ["*"] },
    ]
  })
}
```

```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["sqs:ListQueues", "sqs:SendMessage"], Resource = ["*", "arn:aws:sqs:eu-west-1:111122223333:jobs"] },
    ]
  })
}
```

```hcl
resource "aws_ecs_service" "shop" {
  name = "shop"
}

resource "aws_iam_policy" "deploy" {
  name = "deploy"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "ecs:UpdateService", Resource = aws_ecs_service.shop.id }] # its id is its ARN
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.needs.fitting import misfits, resource_patterns
from auditor.views.policy import EVERY, Statement, statements


@rule(
    target=EVERY, each=statements, severity=Severity.MEDIUM, confidence=Confidence.FIRM, symptoms=["AccessDenied", "UnauthorizedOperation"]
)
def check(statement: Statement, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for action, forms in misfits(statement, graph):
        names = ", ".join(resource_patterns(statement, graph))
        fit = f"it is about {' or '.join(forms)}" if forms else "it cannot be limited to a resource"
        message = f"{action.text} is granted on {names} only, and {fit}: the statement does nothing for it"
        yield Fail(action, message, expected=forms[0] if forms else "*", related=(statement.where.at("Resource"),))
