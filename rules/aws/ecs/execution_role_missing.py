r"""A Fargate task needs an execution role, and its definition names none.

## Why it matters
On Fargate there is no instance whose role could pull from ECR, write to CloudWatch Logs or fetch secrets. `RegisterTaskDefinition`
refuses a definition that needs an execution role and has none, or the task stops before its container starts.

## Five whys
1. Why does the apply (or the first task) fail? `Fargate requires task definition to have execution role ARN`.
2. Why is there none? The definition was written for EC2, where the instance's role did this, and only `requires_compatibilities` was
   changed.

## Fix now
Give the definition `execution_role_arn` with a role that `ecs-tasks.amazonaws.com` may assume and the policy
`service-role/AmazonECSTaskExecutionRolePolicy`; apply.

## Workaround
Run the service on an EC2 capacity provider whose instance profile has the rights.

## Prevent
Make the execution role a required variable of the module for Fargate services.

## Validate
`aws ecs describe-task-definition --task-definition FAMILY --query taskDefinition.executionRoleArn` prints an ARN.

## Bad
```hcl
resource "aws_ecs_task_definition" "api" {
  family                   = "api"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512

  container_definitions = jsonencode([
    { name = "api", image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/api:1.4.2" }, # finding
  ])
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "api" {
  family                   = "api"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512

  container_definitions = jsonencode([
    { name = "api", image = "public.ecr.aws/nginx/nginx:1.27" },
  ])
}
```

```hcl
resource "aws_ecs_task_definition" "api" {
  family                   = "api"
  requires_compatibilities = ["EC2"]

  container_definitions = jsonencode([
    { name = "api", image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/api:1.4.2" },
  ])
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.tasks import needs_execution_role


@rule(
    target="aws_ecs_task_definition",
    severity=Severity.HIGH,
    symptoms=[r"Fargate requires task definition to have execution role ARN"],
)
def check(task: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if task.at("execution_role_arn").present or all(it.text != "FARGATE" for it in task.each("requires_compatibilities")):
        return
    for need in needs_execution_role(resource, graph):
        message = f"on Fargate nobody can {need.purpose}: the definition names no execution role"
        yield Fail(need.where, message, expected="execution_role_arn", related=(task.at("execution_role_arn"),))
        return
