r"""A role or a user can make itself an administrator.

## Why it matters
No policy of it says so, and every one of its actions has a use. Put together, along resources that are there, they are a
known way to every right of the account: whoever steals this identity needs a handful of calls. The finding is the
shortest way, with the statements that allow each step, after every Deny, boundary and policy of the organization.

## Five whys
1. Why did a leaked build key cost the account? With it a function was made that ran as the administrator's role.
2. Why could it make one? It may create functions, and hand a role to them.
3. Why that role? `iam:PassRole` was allowed for more roles than the build needs, and that role trusts Lambda.
4. Why did nobody see it? The two halves stood in two policies, and the role in a third file.
5. Why is nothing in the way? The administrator's role may be taken over by a service that anybody here can use.

## Fix now
Cut the cheapest hop of the way. For `iam:PassRole` list the ARNs that are really passed, with `iam:PassedToService`; for
actions on functions, builds and instances name those that have a harmless role; take services out of the trust of the
administrator's role (`aws iam update-assume-role-policy`).

## Workaround
Deny the decisive action for that one target today: a statement `Effect = "Deny"` on `iam:PassRole` with the ARN of the
administrator's role, in every principal that the finding names.

## Prevent
Give identities that make roles or functions a permissions boundary, and run `auditor scan --since main` before a merge: a
way is often closed or opened by a change to another resource than this one.

## Validate
`aws iam simulate-principal-policy --policy-source-arn ARN --action-names ACTION --resource-arns TARGET` answers
`implicitDeny` or `explicitDeny` for one step of the way.

## Bad
The halves stand in two policies, and the role is somewhere else:
```hcl
resource "aws_iam_user" "build" { # finding
  name = "build"
}

resource "aws_iam_user_policy" "functions" {
  user = aws_iam_user.build.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["lambda:CreateFunction", "lambda:InvokeFunction"]
      Resource = "*"
    }]
  })
}

resource "aws_iam_user_policy" "roles" {
  user = aws_iam_user.build.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "iam:PassRole", Resource = "arn:aws:iam::*:role/ops-*" }]
  })
}

resource "aws_iam_role" "ops" {
  name = "ops-cleanup"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "ops" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
```
A policy that its own holder may rewrite:
```hcl
resource "aws_iam_role" "app" { # finding
  name = "app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

data "aws_caller_identity" "me" {}

resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "iam:CreatePolicyVersion"
      Resource = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:policy/app"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "app" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.app.arn
}
```

## Good
A boundary cuts the way off, and so does a Deny; a role that only a service of AWS can have is not in anybody's hands:
```hcl
resource "aws_iam_role" "app" {
  name                 = "app"
  permissions_boundary = aws_iam_policy.limit.arn
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_policy" "limit" {
  name   = "limit"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", NotAction = "iam:*", Resource = "*" }]
  })
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:PutRolePolicy", "iam:AttachRolePolicy"], Resource = "*" }]
  })
}

resource "aws_iam_role" "batch" {
  name = "batch"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "batch.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "batch" {
  role = aws_iam_role.batch.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:CreateRole", "iam:PutRolePolicy"], Resource = "*" }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import undecided
from auditor.views.iam.escalation import escalations
from auditor.views.iam.trust import in_hands


@rule(target="aws_iam_role aws_iam_user", severity=Severity.CRITICAL, confidence=Confidence.FIRM)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    route = escalations(graph).get(resource)
    hands = in_hands(graph, resource)
    if route is None or route.hops[0].path.intended or hands is False:
        return
    if hands is None:
        raise undecided(body.at("assume_role_policy"), "whom the role trusts is not known")
    if not route.certain:
        raise undecided(body, f"whether it can make itself an administrator hangs on {', '.join(route.doubts[:4])}")
    hops = f"{len(route.hops)} hops" if len(route.hops) > 1 else "one hop"
    yield Fail(
        body,
        f"it can make itself an administrator in {hops}: {route.text}",
        expected="no way to more rights than its own",
        related=route.places,
    )
