r"""A chain of roles that assume each other ends in an administrator.

## Why it matters
Nobody gave this identity the rights of an administrator, and nobody sees them on it: it may become a role, which may
become another one, and the last of them may do everything. Reviews look at one role at a time, and CloudTrail names only
the last session, so the chain is found by those who steal the first key.

## Five whys
1. Why could a build of a side project delete the production database? Its role became an administrator in two steps.
2. Why in two? It may assume the deployment role, and that one may assume the role of the platform team.
3. Why may the deployment role do that? It once had to repair a stack by hand.
4. Why was that not taken back? Each of the two trusts looks reasonable by itself.

## Fix now
Cut the hop that is used least: take the principal out of the trust policy of the last role (`aws iam
update-assume-role-policy --role-name NAME --policy-document FILE`), or `sts:AssumeRole` on it out of the policy of the
role before. `aws iam get-role --role-name NAME --query Role.RoleLastUsed` tells which one is used.

## Workaround
Deny the hop until it is decided: a statement `Effect = "Deny"` on `sts:AssumeRole` with the ARN of the last role, in the
policies of the role before it. Sessions that exist go on for up to an hour, or twelve.

## Prevent
Let people and pipelines assume the role that they need at once, and give no role that is assumed the right to assume
others. Tag sessions (`sts:TagSession`, `aws:PrincipalTag`) where a chain has to be.

## Validate
`aws iam simulate-principal-policy --policy-source-arn FIRST_ROLE_ARN --action-names sts:AssumeRole --resource-arns
NEXT_ROLE_ARN` answers `implicitDeny` for one hop of the chain.

## Bad
```hcl
resource "aws_iam_role" "build" { # finding
  name = "build"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codebuild.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "build" {
  role = aws_iam_role.build.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Resource = aws_iam_role.deploy.arn }]
  })
}

resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = aws_iam_role.build.arn } }]
  })
}

resource "aws_iam_role" "platform" {
  name = "platform"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = aws_iam_role.deploy.arn } }]
  })
}

resource "aws_iam_role_policy" "platform" {
  role = aws_iam_role.platform.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }]
  })
}
```

## Good
An administrator's role that is assumed at once is one by design; a chain may end in a role with rights of its own:
```hcl
resource "aws_iam_user" "ada" {
  name = "ada"
}

resource "aws_iam_role" "platform" {
  name = "platform"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = aws_iam_user.ada.arn } }]
  })
}

resource "aws_iam_role_policy" "platform" {
  role = aws_iam_role.platform.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "*", Resource = "*" },
      { Effect = "Allow", Action = "sts:AssumeRole", Resource = aws_iam_role.reports.arn },
    ]
  })
}

resource "aws_iam_role" "reports" {
  name = "reports"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = aws_iam_role.platform.arn } }]
  })
}

resource "aws_iam_role_policy" "reports" {
  role = aws_iam_role.reports.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::reports/*" }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import undecided
from auditor.views.iam.escalation import escalations
from auditor.views.iam.trust import begins_with


@rule(target="aws_iam_role aws_iam_user", severity=Severity.HIGH, confidence=Confidence.FIRM)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    route = escalations(graph).get(resource)
    if route is None or not route.intended or len(route.hops) == 1:
        return
    begins = begins_with(graph, resource)
    if begins is False:
        return
    if begins is None:
        raise undecided(body.at("assume_role_policy"), "whom the role trusts is not known")
    if not route.certain:
        raise undecided(body, f"whether it can become an administrator by way of other roles hangs on {', '.join(route.doubts[:4])}")
    roles = " → ".join(hop.gained.address.text for hop in route.hops if hop.gained is not None)
    message = f"an administrator in {len(route.hops)} hops, each of which is an sts:AssumeRole: {roles}"
    yield Fail(body, message, expected="no way to an administrator by way of other roles", related=route.places)
