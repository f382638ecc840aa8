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
from auditor.views.role import is_admin

_ROLE = {
    "aws_apprunner_service": "instance_configuration.instance_role_arn",
    "aws_batch_job_definition": "container_properties",
    "aws_codebuild_project": "service_role",
    "aws_ecs_task_definition": "task_role_arn",
    "aws_emr_cluster": "service_role",
    "aws_glue_job": "role_arn",
    "aws_lambda_function": "role",
    "aws_sagemaker_notebook_instance": "role_arn",
    "aws_sfn_state_machine": "role_arn",
}


@rule(target=f"aws_instance {' '.join(_ROLE)}", severity=Severity.HIGH, aliases="CKV2_AWS_68")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for role in _roles(resource, graph):
        if is_admin(role, graph):
            yield Fail(body, f"it runs as {role.address.text}, which may do everything", expected="a role of its own", related=(role.body,))


def _roles(resource: Resource, graph: Graph) -> tuple[Resource, ...]:
    if resource.kind != "aws_instance":
        return graph.targets(resource.at(_ROLE[resource.kind]), "aws_iam_role")
    profiles = graph.targets(resource.at("iam_instance_profile"), "aws_iam_instance_profile")
    return tuple(role for profile in profiles for role in graph.targets(profile.at("role"), "aws_iam_role"))
