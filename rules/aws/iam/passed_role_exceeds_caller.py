r"""A pattern lets a principal hand on a role that may do more than itself.

## Why it matters
Who may pass a role to a service, and start something there, has the rights of that role. The pattern was meant for the
roles of one application; it also fits a role with rights that the caller does not have, and so lends them out. Nothing
has to be broken into: a new function with that role is an ordinary call. Of the roles that a pattern fits the first five
are compared (option `roles`; our proposal, since one is enough to narrow the pattern).

## Five whys
1. Why could the frontend team empty the orders table? Their pipeline started a function with the role of the exporter.
2. Why with that one? `iam:PassRole` was allowed on `role/app-*`, and the exporter's role is called `app-exporter`.
3. Why is it called so? Names were given by another team, after the pattern was written.
4. Why does nobody compare? What a pattern fits is seen only where both are looked at together.

## Fix now
List the ARNs of the roles that are passed, or give the roles of this application a path of their own
(`path = "/frontend/"`, `Resource = "arn:aws:iam::*:role/frontend/*"`), and add the condition `iam:PassedToService`.

## Workaround
Deny `iam:PassRole` on the ARN of the role that the finding names, in a second statement of the same policy.

## Prevent
Put roles under paths by the team that owns them, and let a boundary allow `iam:PassRole` for the own path only.

## Validate
`aws iam simulate-principal-policy --policy-source-arn CALLER_ARN --action-names iam:PassRole --resource-arns
ROLE_ARN` answers `implicitDeny` for the role that the finding names.

## Bad
```hcl
resource "aws_iam_user" "pipeline" {
  name = "frontend-pipeline"
}

resource "aws_iam_user_policy" "pipeline" {
  user = aws_iam_user.pipeline.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["lambda:CreateFunction", "lambda:InvokeFunction"], Resource = "*" },
      {
        Effect   = "Allow"
        Action   = "iam:PassRole" # finding
        Resource = "arn:aws:iam::*:role/app-*"
      },
    ]
  })
}

resource "aws_iam_role" "exporter" {
  name = "app-exporter"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "exporter" {
  role = aws_iam_role.exporter.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "dynamodb:DeleteItem", Resource = "arn:aws:dynamodb:*:*:table/orders" }]
  })
}
```

## Good
A role that is named is a decision, and one that may do no more than the caller (logs apart) lends nothing out:
```hcl
resource "aws_iam_user" "pipeline" {
  name = "frontend-pipeline"
}

resource "aws_iam_user_policy" "pipeline" {
  user = aws_iam_user.pipeline.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["lambda:CreateFunction", "lambda:InvokeFunction", "s3:PutObject"], Resource = "*" },
      { Effect = "Allow", Action = "iam:PassRole", Resource = aws_iam_role.exporter.arn },
      { Effect = "Allow", Action = "iam:PassRole", Resource = "arn:aws:iam::*:role/web-*" },
    ]
  })
}

resource "aws_iam_role" "exporter" {
  name = "app-exporter"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "exporter" {
  role = aws_iam_role.exporter.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "dynamodb:DeleteItem", Resource = "arn:aws:dynamodb:*:*:table/orders" }]
  })
}

resource "aws_iam_role" "web" {
  name = "web-uploads"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "web" {
  role = aws_iam_role.web.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:PutObject", "logs:PutLogEvents"], Resource = "*" }]
  })
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import undecided
from auditor.views.iam.lending import lent
from auditor.views.iam.trust import in_hands


@rule(target="aws_iam_role aws_iam_user", severity=Severity.MEDIUM, confidence=Confidence.FIRM, options={"roles": 5})
def check(body: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    hands = in_hands(graph, resource)
    for loan in lent(graph, resource, options["roles"]) if hands is not False else ():
        if hands is None:
            raise undecided(body.at("assume_role_policy"), "whom the role trusts is not known")
        given = f"{resource.address.text} can pass {loan.role.address.text} to {loan.service}"
        message = f"{given}, which may do more than itself: {loan.surplus.action}"
        yield Fail(loan.pattern, message, expected="the ARNs of the roles that are passed", related=(loan.role.body, loan.surplus.pattern))
