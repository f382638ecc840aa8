r"""A policy holds a known way to become administrator.

## Why it matters
Some sets of harmless-looking actions add up to administrator access: pass a powerful role to a new function, make a
new version of one's own policy, rewrite a trust policy. An intruder with such a policy needs two calls; the reviewer
who looked for stars saw none.

## Five whys
1. Why did a build job end up with administrator rights? It started a function with a role that has them.
2. Why could it? It may create functions and pass any role to them.
3. Why any role? `iam:PassRole` was allowed on `*`.
4. Why was that not noticed? Each action by itself looked like what a build job needs.

## Fix now
Name the resources: for `iam:PassRole` the ARNs of the roles that this principal really hands over, with the condition
`iam:PassedToService`; for actions on policies, users and roles a path such as `role/app/*` that the principal itself
is not in.

## Workaround
Deny the decisive action until the list is known: a second statement `Effect = "Deny"` on the action that the finding
names, or a permissions boundary (`aws iam put-role-permissions-boundary`).

## Prevent
Give roles that create roles a boundary that they must hand on (`iam:PermissionsBoundary` as a condition). Run `aws
accessanalyzer check-access-not-granted` with the actions of the finding in the pipeline.

## Validate
`aws iam simulate-principal-policy --policy-source-arn ARN --action-names iam:PassRole --resource-arns ADMIN_ROLE_ARN`
answers `implicitDeny`.

## Bad
```hcl
resource "aws_iam_role_policy" "build" {
  name = "build"
  role = "build"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = [
        "lambda:CreateFunction",
        "lambda:InvokeFunction",
        "iam:PassRole", # finding
      ]
      Resource = "*"
    }]
  })
}
```
```hcl
data "aws_iam_policy_document" "self_service" {
  statement {
    actions   = ["iam:CreatePolicyVersion"] # finding
    resources = ["*"]
  }
}
```

## Good
```hcl
resource "aws_iam_role_policy" "build" {
  name = "build"
  role = "build"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["lambda:CreateFunction", "lambda:InvokeFunction"]
        Resource = "*"
      },
      {
        Effect    = "Allow"
        Action    = "iam:PassRole"
        Resource  = "arn:aws:iam::111122223333:role/app/web"
        Condition = { StringEquals = { "iam:PassedToService" = "lambda.amazonaws.com" } }
      },
    ]
  })
}
```
A Deny in another policy of the only principal that has it closes the way, and so would a boundary:
```hcl
resource "aws_iam_user" "build" {
  name = "build"
}

resource "aws_iam_user_policy" "functions" {
  user = aws_iam_user.build.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["lambda:CreateFunction", "lambda:InvokeFunction", "iam:PassRole"], Resource = "*" }]
  })
}

resource "aws_iam_user_policy" "no_roles" {
  user = aws_iam_user.build.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = "iam:*", Resource = "*" }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import undecided
from auditor.views.iam.escalation import escalations
from auditor.views.iam.escalation_path import EscalationPath, Target, escalation_paths
from auditor.views.iam.holding import holders, lets_do
from auditor.views.policy import IDENTITY, Policy, Statement, Use, is_boundary, policies

# What somebody else's workload does with a role is judged where the workloads are known, but for these, which every account has.
_ANYWHERE = ("iam-set-default-policy-version", "lambda-update-function-code", "glue-update-dev-endpoint", "ssm-send-command")


def documents(resource: Resource, graph: Graph) -> Iterator[Policy]:
    """The documents that say what a principal may do."""
    for policy in policies(resource, graph):
        if policy.use is Use.IDENTITY and not is_boundary(resource, graph):
            yield policy


@rule(target=IDENTITY, each=documents, severity=Severity.HIGH, confidence=Confidence.FIRM, aliases="CKV_AWS_110 CKV_AWS_286")
def check(policy: Policy, resource: Resource, graph: Graph) -> Iterator[Fail]:
    unlimited = [statement for statement in policy.statements if not statement.admin and not _all_of_iam(statement) and statement.unlimited]
    if not unlimited or _told_elsewhere(resource, graph):
        return
    for path in escalation_paths():
        patterns = [pattern for pattern in (_granted(unlimited, action) for action in path.actions) if pattern is not None]
        if len(patterns) == len(path.actions) and _counts(path, resource):
            effective = lets_do(graph, resource, path.actions)
            if effective is None:
                raise undecided(patterns[0], "whether the way is open hangs on another policy or a boundary that is not known")
            if effective is False:
                continue
            first, *rest = path.actions
            what = f"{first} with {' and '.join(rest)}" if rest else first
            message = f"{what} on every resource is a way to become administrator"
            yield Fail(patterns[0], message, expected="the resources that these actions are for", related=tuple(patterns[1:]))
            return


def _counts(path: EscalationPath, carrier: Resource) -> bool:
    """Whether a path is one wherever such a policy is held."""
    if path.target is Target.OWN_ROLE:
        return carrier.kind in ("aws_iam_role", "aws_iam_role_policy")
    return not path.intended and (path.name in _ANYWHERE or (path.target is not Target.WORKLOAD and not path.assumes))


def _told_elsewhere(carrier: Resource, graph: Graph) -> bool:
    """Whether the way of somebody who holds the policy is found, step by step, at that principal."""
    routes = escalations(graph)
    ways = [routes[holder] for holder in holders(graph, carrier) if holder in routes and routes[holder].certain]
    return any(step.policy.resource == carrier for way in ways for answer in way.hops[0].answers for step in answer.deciding)


def _granted(statements: list[Statement], action: str) -> Node | None:
    return next((pattern for statement in statements if (pattern := statement.grants(action)) is not None), None)


def _all_of_iam(statement: Statement) -> bool:
    return any((pattern.text or "").lower() == "iam:*" for pattern in statement.actions)
