"""A permissions boundary takes away what the role's own policy grants by name.

## Why it matters
A principal with a permissions boundary can do what both its policies and the boundary allow. An action that a policy names and that the
boundary leaves out is refused as if it had never been granted, and the policy that people read says the opposite.

## Five whys
1. Why is the call refused although the role's policy allows it? `no permissions boundary allows` the action.
2. Why? The boundary lists other services, or denies this one.
3. Why was it granted then? The team owns the role's policies and another one owns the boundary.

## Fix now
Add the action to the boundary, or take it out of the policy if the boundary is right. `aws iam create-policy-version --policy-arn
BOUNDARY --policy-document file://boundary.json --set-as-default` holds within seconds for every role with that boundary.

## Workaround
Nothing below the boundary helps: another policy on the role is cut in the same way. Only a grant in a resource's own policy to the role's
session itself is not.

## Prevent
Put the boundary next to the roles that it is for, and test a change of it with `auditor scan`.

## Validate
`aws iam simulate-principal-policy --policy-source-arn ROLE_ARN --action-names ACTION --query
'EvaluationResults[0].PermissionsBoundaryDecisionDetail'` says `AllowedByPermissionsBoundary: true`.

## Bad
```hcl
resource "aws_iam_policy" "limit" {
  name = "limit"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:*"], Resource = "*" }]
  })
}

resource "aws_iam_role" "app" {
  name                 = "app"
  permissions_boundary = aws_iam_policy.limit.arn
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::media/*" },
      { Effect = "Allow", Action = ["sqs:SendMessage"], Resource = "arn:aws:sqs:*:*:jobs" }, # finding
    ]
  })
}
```

## Good
```hcl
resource "aws_iam_policy" "limit" {
  name = "limit"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:*", "sqs:SendMessage"], Resource = "*" }]
  })
}

resource "aws_iam_role" "app" {
  name                 = "app"
  permissions_boundary = aws_iam_policy.limit.arn
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::media/*" },
      { Effect = "Allow", Action = ["sqs:SendMessage"], Resource = "arn:aws:sqs:*:*:jobs" },
    ]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.limits import cut_by_boundary, told


@rule(
    target="aws_iam_role aws_iam_user",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=[r"because no permissions boundary allows"],
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    boundary = resource.at("permissions_boundary")
    found = graph.targets(boundary, "aws_iam_policy")
    limit = f"its boundary {found[0].address if found else boundary.data}"
    yield from told(cut_by_boundary(resource, graph), resource, limit, boundary)
