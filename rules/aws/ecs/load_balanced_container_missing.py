"""A service sends the load balancer's traffic to a container that is not there.

## Why it matters
ECS refuses the service: `The container X does not exist in the task definition`, or `did not have a container port 8080 defined`. On an
update the old deployment stays and the apply fails half way.

## Five whys
1. Why can the service not be created? The load balancer block names a container or port that the task does not have.
2. Why? The container was renamed in the task definition.
3. Why not in the service? The two blocks repeat the name, and nothing compares them.

## Fix now
Make `container_name` and `container_port` equal to a container and a `containerPort` of the task definition, and apply.

## Workaround
Register the old name again in a new revision when the service cannot be changed now.

## Prevent
One local for name and port, used in both blocks and in the target group.

## Validate
`aws ecs describe-services --cluster C --services S --query 'services[].loadBalancers'`; the target group gets healthy targets.

## Bad
```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    { name = "app", image = "web:1.9", memory = 256, portMappings = [{ containerPort = 8080 }] },
  ])
}

resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn

  load_balancer {
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/0123456789abcdef"
    container_name   = "web" # finding
    container_port   = 8080
  }
}

resource "aws_ecs_service" "internal" {
  name            = "internal"
  task_definition = aws_ecs_task_definition.web.arn

  load_balancer {
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/in/0123456789abcdef"
    container_name   = "app"
    container_port   = 80 # finding
  }
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    { name = "app", image = "web:1.9", memory = 256, portMappings = [{ containerPort = 8080 }] },
  ])
}

resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn

  load_balancer {
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/0123456789abcdef"
    container_name   = "app"
    container_port   = 8080
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Profile, Resource, Severity, rule
from auditor.views.container import containers
from auditor.views.ecs_service import tasks


@rule(
    target="aws_ecs_service",
    each="load_balancer",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=["does not exist in the task definition", "did not have a container port .* defined"],
)
def check(balancer: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for task in tasks(resource, graph):
        name, port = balancer.at("container_name"), balancer.at("container_port")
        wanted, number = name.text, port.number
        found = list(containers(task, graph))
        mine = [container for container in found if container.at("name").text == wanted]
        if not mine:
            yield Fail(name, f"{task.address.text} has no container {wanted}", expected="the name of a container", related=(task.body,))
            return
        ports = [mapping.at("containerPort").number for container in mine for mapping in container.each("portMappings")]
        if number not in ports:
            message = f"the container {wanted} of {task.address.text} does not map port {port.text}"
            yield Fail(port, message, expected="a containerPort of its portMappings", related=(task.body,))
