r"""A program runs with a role that may do everything.

## Why it matters
A function, task, notebook or build gets input from outside. Whoever finds a hole in it, or in one of its libraries,
has the role; here the role is an administrator, so the hole is one in the account.

## Five whys
1. Why did a bug in an image library cost the account? The function runs with an administrator's role.
2. Why with that one? It was at hand when the function was written.
3. Why did it stay? A role of its own would have meant to find out what the function does.

## Fix now
Give it a role of its own with what it uses: `aws iam generate-service-last-accessed-details --arn ROLE_ARN
--granularity ACTION_LEVEL` tells what that is. Swap the role, watch for AccessDenied, then narrow.

## Workaround
Set a permissions boundary on the role: `aws iam put-role-permissions-boundary --role-name NAME --permissions-boundary
arn:aws:iam::aws:policy/PowerUserAccess`.

## Prevent
One role for each workload, made by the module that makes the workload.

## Validate
`aws iam simulate-principal-policy --policy-source-arn ROLE_ARN --action-names iam:CreateUser` answers `implicitDeny`.

## Bad
```hcl
resource "aws_iam_role" "notebook" {
  name               = "notebook"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_iam_role_policy" "notebook" {
  role = aws_iam_role.notebook.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }]
  })
}

resource "aws_sagemaker_notebook_instance" "research" { # finding
  name          = "research"
  instance_type = "ml.t3.medium"
  role_arn      = aws_iam_role.notebook.arn
}
```

## Good
```hcl
resource "aws_iam_role" "notebook" {
  name               = "notebook"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_iam_role_policy" "notebook" {
  role = aws_iam_role.notebook.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::research/*" }]
  })
}

resource "aws_sagemaker_notebook_instance" "research" {
  name          = "research"
  instance_type = "ml.t3.medium"
  role_arn      = aws_iam_role.notebook.arn
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import undecided
from auditor.views.iam.administrator import administrator
from auditor.views.iam.workload import ROLE_AT, roles_of


@rule(target=" ".join(sorted(ROLE_AT)), severity=Severity.HIGH, aliases="CKV2_AWS_68")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    open_ = ""
    for role in roles_of(resource, graph):
        found = administrator(graph, role)
        if found.truth:
            because = () if found.pattern is None else (found.pattern,)
            message = f"it runs as {role.address.text}, which may do everything"
            yield Fail(body, message, expected="a role of its own", related=(role.body, *because))
            return
        if found.truth is None:
            open_ = f"whether {role.address.text} may do everything hangs on policies or conditions that are not known"
    if open_:
        raise undecided(body, open_)
