r"""A principal can take off the boundary that is meant to hold it.

## Why it matters
A permissions boundary is the fence around those who may make roles and policies: whatever they grant, they get no further.
Who may take the boundary off its own role, rewrite the policy that is the boundary, or make roles without one, is
outside of the fence in one call; reviews that see the boundary believe that it is inside.

## Five whys
1. Why could a team's pipeline give itself rights to the payroll bucket? It removed the boundary of its own role.
2. Why could it? Its policy allows `iam:*` on its own roles, and the boundary allows `iam:*` too.
3. Why does the boundary allow that? It was written as the list of services of the team, IAM among them.
4. Why did nobody notice? The boundary was there, and all checks asked whether there is one.

## Fix now
Deny in the boundary itself what changes boundaries: `iam:DeleteRolePermissionsBoundary`,
`iam:DeleteUserPermissionsBoundary`, `iam:PutRolePermissionsBoundary`, `iam:PutUserPermissionsBoundary`, and
`iam:CreatePolicyVersion`, `iam:SetDefaultPolicyVersion`, `iam:DeletePolicy` on the policy that is the boundary. Allow
`iam:CreateRole`, `iam:PutRolePolicy` and `iam:AttachRolePolicy` only with the condition `StringEquals`
`iam:PermissionsBoundary` = its ARN.

## Workaround
The same Deny as a service control policy for the account, with the administrators' role excepted by `ArnNotEquals`
`aws:PrincipalArn`.

## Prevent
Keep boundaries in a repository, and an account's pipeline, of their own. Test them: IAM Access Analyzer's
`check-access-not-granted` with the actions above must answer `PASS`.

## Validate
`aws iam simulate-principal-policy --policy-source-arn ROLE_ARN --action-names iam:DeleteRolePermissionsBoundary
--resource-arns ROLE_ARN` answers `explicitDeny`.

## Bad
```hcl
resource "aws_iam_policy" "team" {
  name = "team-boundary"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:*", "lambda:*", "iam:*"], Resource = "*" }]
  })
}

resource "aws_iam_role" "pipeline" {
  name                 = "pipeline"
  permissions_boundary = aws_iam_policy.team.arn # finding
  assume_role_policy   = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_iam_role_policy" "pipeline" {
  role = aws_iam_role.pipeline.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["lambda:*", "iam:*Role*"], Resource = "*" }]
  })
}
```

## Good
The boundary denies what would lift it, and roles are made with it only:
```hcl
data "aws_caller_identity" "me" {}

resource "aws_iam_policy" "team" {
  name = "team-boundary"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:*", "lambda:*", "iam:*"], Resource = "*" },
      {
        Effect = "Deny"
        Action = [
          "iam:DeleteRolePermissionsBoundary", "iam:DeleteUserPermissionsBoundary", "iam:PutRolePermissionsBoundary",
          "iam:PutUserPermissionsBoundary", "iam:CreateUser",
        ]
        Resource = "*"
      },
      {
        Effect   = "Deny"
        Action   = ["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion", "iam:DeletePolicy"]
        Resource = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:policy/team-boundary"
      },
      {
        Effect   = "Deny"
        Action   = ["iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy"]
        Resource = "*"
        Condition = {
          StringNotEquals = {
            "iam:PermissionsBoundary" = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:policy/team-boundary"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role" "pipeline" {
  name                 = "pipeline"
  permissions_boundary = aws_iam_policy.team.arn
  assume_role_policy   = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_iam_role_policy" "pipeline" {
  role = aws_iam_role.pipeline.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["lambda:*", "iam:*Role*"], Resource = "*" }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import given, undecided
from auditor.views.iam.fence import ways_out


@rule(target="aws_iam_role aws_iam_user", severity=Severity.HIGH)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    boundary = body.at("permissions_boundary")
    if not given(boundary):
        return
    ways = ways_out(graph, resource)
    certain = [way for way in ways if way.truth]
    if certain:
        actions = ", ".join(dict.fromkeys(action for way in certain for action in way.actions))
        message = f"it may take this boundary off, or get around it: {actions}"
        places = tuple(applied.pattern for way in certain for answer in way.answers for applied in answer.deciding)
        yield Fail(
            boundary, message, expected="a Deny of these actions in the boundary", related=tuple({it.span: it for it in places}.values())
        )
    elif ways:
        raise undecided(boundary, f"whether it may take the boundary off hangs on {', '.join(ways[0].doubts[:4])}")
