"""A state machine's role may not make the calls of its tasks.

## Why it matters
The state machine is created and starts; it fails at the task in the message, after the tasks before it have done their work. What they
did (a charge, an order) stays half done unless somebody wrote a compensation.

## Five whys
1. Why did the execution fail? `States.TaskFailed` with AccessDenied at the task.
2. Why? Step Functions makes the call with the machine's role, which may not do it on that resource.
3. Why not? The task was added, and the role is declared elsewhere.

## Fix now
Add the statement in the message to the role, then redrive what failed: `aws stepfunctions redrive-execution --execution-arn ARN` goes on
at the failed task.

## Workaround
Start the call by hand with the input of the failed task (`aws stepfunctions get-execution-history --execution-arn ARN --reverse-order`).

## Prevent
Test every branch of a new machine with `aws stepfunctions test-state --role-arn ROLE` in the pipeline.

## Validate
`aws stepfunctions test-state --definition STATE --role-arn ROLE --input '{}'` ends in SUCCEEDED.

## Bad
```hcl
resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "states.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "orders" {
  role = aws_iam_role.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "lambda:InvokeFunction", Resource = "*" },
    ]
  })
}

resource "aws_sqs_queue" "done" {
  name = "done"
}

resource "aws_sfn_state_machine" "orders" {
  name     = "orders"
  role_arn = aws_iam_role.orders.arn

  definition = jsonencode({
    StartAt = "Notify"
    States = {
      Notify = {
        Type       = "Task"
        Resource   = "arn:aws:states:::sqs:sendMessage" # finding
        Parameters = { QueueUrl = aws_sqs_queue.done.url, "MessageBody.$" = "$" }
        End        = true
      }
    }
  })
}
```

## Good
```hcl
resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "states.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "orders" {
  role = aws_iam_role.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.done.arn },
    ]
  })
}

resource "aws_sqs_queue" "done" {
  name = "done"
}

resource "aws_sfn_state_machine" "orders" {
  name     = "orders"
  role_arn = aws_iam_role.orders.arn

  definition = jsonencode({
    StartAt = "Notify"
    States = {
      Notify = {
        Type       = "Task"
        Resource   = "arn:aws:states:::sqs:sendMessage"
        Parameters = { QueueUrl = aws_sqs_queue.done.url, "MessageBody.$" = "$" }
        End        = true
      }
    }
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.lack import unmet
from auditor.views.needs.states import machine_needs


@rule(
    target="aws_sfn_state_machine",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(machine_needs(resource, graph), resource, graph)
