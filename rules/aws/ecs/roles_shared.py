"""A task's program and the ECS agent share one role.

## Why it matters
The execution role may pull every image and read the secrets that are injected at start. As task role it hands these rights to the
program, so a break-in reads the secrets of all services that use the same role.

## Five whys
1. Why could the web container read the payment secret? Its role may.
2. Why? The role is the execution role of all services.
3. Why is it the task role as well? One role was less to write.

## Fix now
Create a task role with what the program calls (often nothing), set `task_role_arn` to it, and deploy a new revision.

## Workaround
Remove `task_role_arn` if the program calls no AWS API.

## Prevent
Two roles from the module: one execution role per cluster, one task role per service.

## Validate
`aws ecs describe-task-definition --task-definition FAMILY --query 'taskDefinition.[taskRoleArn,executionRoleArn]'` prints two.

## Bad
```hcl
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  execution_role_arn    = "arn:aws:iam::111122223333:role/ecs"
  task_role_arn         = "arn:aws:iam::111122223333:role/ecs" # finding
  container_definitions = jsonencode([{ name = "web", image = "web:1.9", memory = 256 }])
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  execution_role_arn    = "arn:aws:iam::111122223333:role/ecs-execution"
  task_role_arn         = "arn:aws:iam::111122223333:role/web"
  container_definitions = jsonencode([{ name = "web", image = "web:1.9", memory = 256 }])
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Severity, rule
from auditor.views.decide import given


@rule(target="aws_ecs_task_definition", severity=Severity.LOW, aliases="CKV_AWS_249")
def check(task: Node, graph: Graph) -> Iterator[Fail]:
    own, execution = task.at("task_role_arn"), task.at("execution_role_arn")
    if not given(own) or not given(execution):
        return
    if _same(own, execution, graph):
        yield Fail(own, "the program of the task has the rights of the ECS agent too", expected="a role of its own")


def _same(own: Node, execution: Node, graph: Graph) -> bool:
    if own.unknown and execution.unknown and own.refs and own.refs == execution.refs:
        return bool(graph.targets(own)) or all(ref.attribute for ref in own.refs)
    roles = [graph.targets(it, "aws_iam_role") for it in (own, execution)]
    if all(roles):
        return roles[0] == roles[1]
    return bool(own.text == execution.text)
