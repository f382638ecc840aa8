r"""A rule, schedule or pipe may not start its target with its role.

## Why it matters
EventBridge calls the target with the role that is named beside it. A refusal is no error of anybody's code: the event is retried for up
to a day and dropped, the nightly job just does not run.

## Five whys
1. Why did the job not run? The scheduler could not start it.
2. Why? Its role may not do the action in the message on the target; for a task of ECS it also has to pass the task's roles.
3. Why was that not seen? `TargetErrorCount` and `FailedInvocations` count it, and nobody watches them.

## Fix now
Add the statement in the message to the role and start what was missed by hand.

## Workaround
A dead letter queue on the target keeps what fails for up to 14 days.

## Prevent
Alarm on `FailedInvocations` (rules), `TargetErrorCount` (schedules) and `ExecutionFailed` (pipes) above 0.

## Validate
`aws cloudwatch get-metric-statistics --namespace AWS/Scheduler --metric-name TargetErrorCount --statistics Sum --period 3600 --start-time
... --end-time ...` is 0 after the next run.

## Bad
```hcl
resource "aws_iam_role" "clock" {
  name = "clock"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "scheduler.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "clock" {
  role = aws_iam_role.clock.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "lambda:InvokeFunction", Resource = "*" },
    ]
  })
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_scheduler_schedule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_sqs_queue.jobs.arn # finding
    role_arn = aws_iam_role.clock.arn
  }
}
```

```hcl
resource "aws_iam_role" "start" {
  name = "start"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "events.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "start" {
  role = aws_iam_role.start.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "ecs:RunTask", Resource = "*" },
    ]
  })
}
resource "aws_iam_role" "report" {
  name = "report"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_ecs_task_definition" "report" {
  family                = "report"
  task_role_arn         = aws_iam_role.report.arn
  container_definitions = jsonencode([{ name = "report", image = "public.ecr.aws/acme/report:3" }])
}

resource "aws_cloudwatch_event_target" "report" {
  rule     = "nightly"
  arn      = "arn:aws:ecs:eu-west-1:111122223333:cluster/main"
  role_arn = aws_iam_role.start.arn

  ecs_target {
    task_definition_arn = aws_ecs_task_definition.report.arn # finding
  }
}
```

## Good
```hcl
resource "aws_iam_role" "clock" {
  name = "clock"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "scheduler.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "clock" {
  role = aws_iam_role.clock.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.jobs.arn },
    ]
  })
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_scheduler_schedule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_sqs_queue.jobs.arn
    role_arn = aws_iam_role.clock.arn
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.events import event_needs
from auditor.views.needs.lack import unmet


@rule(
    target="aws_cloudwatch_event_target aws_pipes_pipe aws_scheduler_schedule",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(event_needs(resource, graph), resource, graph)
