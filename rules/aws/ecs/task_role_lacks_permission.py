"""A task role may not use what its containers are told to use.

## Why it matters
The application in the container calls AWS with the task role. A variable names a bucket, queue, table, topic, stream or secret of which
neither that role nor the resource's own policy allows any use; or the task mounts a file system with IAM, or ECS Exec is switched on,
without the rights for it. The first call that needs it fails.

## Five whys
1. Why does the worker log AccessDenied? Its role has no statement about the resource in the message.
2. Why did the image work elsewhere? There the rights stood in the execution role or the instance's role, neither of which the application
   gets.
3. Why are there two roles? The execution role starts the task, the task role is for what runs in it; a statement in the wrong one does
   nothing.

## Fix now
Add the statement in the message to the task role and apply: running tasks get it with their next credentials, at the latest within the
hour; `aws ecs update-service --force-new-deployment` takes minutes.

## Workaround
Allow the task role in the resource's own policy (same account) until its owner changes the role.

## Prevent
Pass the resource's ARN to the module of the service, and let it make the variable and the statement.

## Validate
`aws iam simulate-principal-policy --policy-source-arn TASK_ROLE_ARN --action-names sqs:SendMessage --resource-arns QUEUE_ARN` says
`allowed`; for ECS Exec: `aws ecs execute-command --cluster CLUSTER --task TASK --interactive --command true`.

## Bad
```hcl
resource "aws_iam_role" "work" {
  name = "work"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "work" {
  role = aws_iam_role.work.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.done.arn },
    ]
  })
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_sqs_queue" "done" {
  name = "done"
}

resource "aws_ecs_task_definition" "worker" {
  family        = "worker"
  task_role_arn = aws_iam_role.work.arn

  container_definitions = jsonencode([
    {
      name  = "worker"
      image = "public.ecr.aws/acme/worker:7"
      environment = [
        { name = "JOBS", value = aws_sqs_queue.jobs.url }, # finding
        { name = "DONE", value = aws_sqs_queue.done.url },
      ]
    },
  ])
}
```

## Good
```hcl
resource "aws_iam_role" "work" {
  name = "work"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "work" {
  role = aws_iam_role.work.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage"], Resource = aws_sqs_queue.jobs.arn },
    ]
  })
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_ecs_task_definition" "worker" {
  family        = "worker"
  task_role_arn = aws_iam_role.work.arn

  container_definitions = jsonencode([
    {
      name  = "worker"
      image = "public.ecr.aws/acme/worker:7"
      environment = [
        { name = "JOBS", value = aws_sqs_queue.jobs.url },
      ]
    },
  ])
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.lack import unmet
from auditor.views.needs.tasks import task_needs


@rule(
    target="aws_ecs_task_definition aws_ecs_service",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(task_needs(resource, graph), resource, graph)
