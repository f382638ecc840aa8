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
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.policy import IDENTITY, Policy, Statement, Use, is_boundary, policies

# The decisive action comes first: the finding is at the pattern that allows it.
_WAYS = (
    ("iam:CreatePolicyVersion",),
    ("iam:SetDefaultPolicyVersion",),
    ("iam:CreateAccessKey",),
    ("iam:CreateLoginProfile",),
    ("iam:UpdateLoginProfile",),
    ("iam:AttachUserPolicy",),
    ("iam:AttachGroupPolicy",),
    ("iam:PutUserPolicy",),
    ("iam:PutGroupPolicy",),
    ("iam:AddUserToGroup",),
    ("iam:AttachRolePolicy", "sts:AssumeRole"),
    ("iam:PutRolePolicy", "sts:AssumeRole"),
    ("iam:UpdateAssumeRolePolicy", "sts:AssumeRole"),
    ("iam:PassRole", "ec2:RunInstances"),
    ("iam:PassRole", "ec2:RequestSpotInstances"),
    ("iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"),
    ("iam:PassRole", "lambda:CreateFunction", "lambda:AddPermission"),
    ("iam:PassRole", "lambda:CreateFunction", "lambda:CreateEventSourceMapping"),
    ("iam:PassRole", "cloudformation:CreateStack"),
    ("iam:PassRole", "cloudformation:UpdateStack"),
    ("iam:PassRole", "datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition"),
    ("iam:PassRole", "glue:CreateDevEndpoint"),
    ("iam:PassRole", "glue:CreateJob", "glue:StartJobRun"),
    ("iam:PassRole", "codebuild:CreateProject", "codebuild:StartBuild"),
    ("iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:RunTask"),
    ("iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:StartTask"),
    ("iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:CreateService"),
    ("iam:PassRole", "sagemaker:CreateNotebookInstance", "sagemaker:CreatePresignedNotebookInstanceUrl"),
    ("iam:PassRole", "sagemaker:CreateTrainingJob"),
    ("iam:PassRole", "sagemaker:CreateProcessingJob"),
    ("iam:PassRole", "states:CreateStateMachine", "states:StartExecution"),
    ("lambda:UpdateFunctionCode",),
    ("glue:UpdateDevEndpoint",),
    ("codestar:CreateProjectFromTemplate",),
    ("ssm:SendCommand",),
)


def documents(resource: Resource, graph: Graph) -> Iterator[Policy]:
    """The documents that say what a principal may do."""
    for policy in policies(resource, graph):
        if policy.use is Use.IDENTITY and not is_boundary(resource, graph):
            yield policy


@rule(target=IDENTITY, each=documents, severity=Severity.HIGH, confidence=Confidence.FIRM, aliases="CKV_AWS_110 CKV_AWS_286")
def check(policy: Policy) -> Iterator[Fail]:
    unlimited = [statement for statement in policy.statements if not statement.admin and not _all_of_iam(statement) and statement.unlimited]
    for way in _WAYS:
        patterns = [pattern for pattern in (_granted(unlimited, action) for action in way) if pattern is not None]
        if len(patterns) == len(way):
            what = f"{way[0]} with {' and '.join(way[1:])}" if way[1:] else way[0]
            message = f"{what} on every resource is a way to become administrator"
            yield Fail(patterns[0], message, expected="the resources that these actions are for", related=tuple(patterns[1:]))
            return


def _granted(statements: list[Statement], action: str) -> Node | None:
    return next((pattern for statement in statements if (pattern := statement.grants(action)) is not None), None)


def _all_of_iam(statement: Statement) -> bool:
    return any((pattern.text or "").lower() == "iam:*" for pattern in statement.actions)
