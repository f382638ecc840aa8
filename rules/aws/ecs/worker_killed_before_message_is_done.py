"""A worker is killed long before the message that it works on may be done.

## Why it matters
A deployment or a scale-in sends SIGTERM, waits `stopTimeout`, and kills. A worker that needs minutes for a message, as the visibility
timeout of its queue says, is killed in the middle of it: half of the work is done, the message comes back only when its visibility ends,
and counts as received.

## Five whys
1. Why do some reports come a quarter of an hour late after each release? Their message had to become visible again.
2. Why? The worker that had it was killed.
3. Why? ECS waits 30 seconds, the work takes minutes.
4. Why only 30? `stopTimeout` is not set, and that is the default.

## Fix now
`"stopTimeout": 120` in the container definition, and a handler for SIGTERM that stops to receive and finishes what it has.

## Workaround
On SIGTERM give the message back at once: `ChangeMessageVisibility` with 0, so that another worker takes it.

## Prevent
Small messages: work that fits into the two minutes that Fargate gives at most. `aws ecs update-task-protection` keeps a busy task out of
scale-ins and deployments for as long as it asks.

## Validate
Deploy while a long message is being worked on: `NumberOfMessagesReceived` does not rise for it a second time.

## Bad
```hcl
resource "aws_sqs_queue" "reports" {
  name                       = "reports"
  visibility_timeout_seconds = 900
}

resource "aws_iam_role" "worker" {
  name = "worker"
}

resource "aws_iam_role_policy" "worker" {
  role = aws_iam_role.worker.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
      Resource = aws_sqs_queue.reports.arn
    }]
  })
}

resource "aws_ecs_task_definition" "worker" {
  family        = "worker"
  task_role_arn = aws_iam_role.worker.arn
  container_definitions = jsonencode([{
    name        = "worker"
    environment = [{ name = "QUEUE_URL", value = aws_sqs_queue.reports.url }]
  }])
}

resource "aws_ecs_service" "worker" { # finding
  name            = "worker"
  launch_type     = "FARGATE"
  task_definition = aws_ecs_task_definition.worker.arn
}
```

## Good
```hcl
resource "aws_sqs_queue" "reports" {
  name                       = "reports"
  visibility_timeout_seconds = 900
}

resource "aws_iam_role" "worker" {
  name = "worker"
}

resource "aws_iam_role_policy" "worker" {
  role = aws_iam_role.worker.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
      Resource = aws_sqs_queue.reports.arn
    }]
  })
}

resource "aws_ecs_task_definition" "worker" {
  family        = "worker"
  task_role_arn = aws_iam_role.worker.arn
  container_definitions = jsonencode([{
    name        = "worker"
    stopTimeout = 120
    environment = [{ name = "QUEUE_URL", value = aws_sqs_queue.reports.url }]
  }])
}

resource "aws_ecs_service" "worker" {
  name            = "worker"
  launch_type     = "FARGATE"
  task_definition = aws_ecs_task_definition.worker.arn
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.iam.access import may, principal_at
from auditor.views.queue import VISIBILITY, Queue
from auditor.views.started import Started, started_by

STOP, MOST_ON_FARGATE = 30, 120
"""Seconds between SIGTERM and SIGKILL, and the most that Fargate gives (Amazon ECS guide, task definition parameters)."""


@rule(target="aws_ecs_service", severity=Severity.LOW, confidence=Confidence.LIKELY)
def check(service: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if service.at("load_balancer").present:
        return
    most = MOST_ON_FARGATE if service.at("launch_type").text == "FARGATE" else None
    for container in started_by(resource, graph):
        stop = container.where.at("stopTimeout")
        waits = STOP if stop.missing or stop.number is None else stop.number
        for queue in _consumed(resource, container, graph):
            needs = Queue(queue, graph).seconds("visibility_timeout_seconds", VISIBILITY)
            asked = min(needs, most) if most else needs
            if waits < asked:
                message = (
                    f"{container.name or 'the container'} is killed {waits:g} s after SIGTERM, a message of {queue.address.text} may take "
                    f"{needs:g} s"
                )
                yield Fail(service, message, expected=f"a stopTimeout of {asked:g}", related=(queue.at("visibility_timeout_seconds"), stop))
                return


def _consumed(service: Resource, container: Started, graph: Graph) -> Iterator[Resource]:
    """The queues that the environment names, and that the task's role certainly may take messages from."""
    queues = [queue for _, node in container.settings.variables for queue in graph.targets(node, "aws_sqs_queue")]
    for task in graph.targets(service.at("task_definition"), "aws_ecs_task_definition") if queues else ():
        role = principal_at(graph, task.at("task_role_arn")) if task.at("task_role_arn").present else None
        if role is not None:
            yield from (queue for queue in dict.fromkeys(queues) if may(graph, role, "sqs:ReceiveMessage", queue).allowed is True)
