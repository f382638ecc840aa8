"""A step waits without limit for an answer that may never come.

## Why it matters
A step with a task token or an activity waits until somebody calls back, up to a year. When the worker crashes in between, nobody does:
the order hangs, counts against the limit of open executions, and no error shows it.

## Five whys
1. Why are 2,000 executions open since May? Each waits for a callback.
2. Why did it not come? The worker was stopped between two lines.
3. Why does the step not give up? It has neither a timeout nor a heartbeat.

## Fix now
Find and stop the dead ones: `aws stepfunctions list-executions --state-machine-arn ARN --status-filter RUNNING`, `stop-execution`. Then
`HeartbeatSeconds` (the worker calls `send-task-heartbeat`) or `TimeoutSeconds` with a `Catch` for `States.Timeout`.

## Workaround
A top-level `TimeoutSeconds` bounds whole executions.

## Prevent
A rule of your reviews: no callback without a timeout; alarm on `ExecutionsStarted` against `ExecutionsSucceeded`.

## Validate
Kill a worker in a test; the execution takes the `Catch` path after the timeout.

## Bad
```hcl
resource "aws_sfn_state_machine" "approval" {
  name     = "approval"
  role_arn = "arn:aws:iam::111122223333:role/approval"
  definition = jsonencode({
    StartAt = "Ask"
    States = {
      Ask = {
        Type     = "Task"
        Resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken" # finding
        End      = true
      }
    }
  })
}
```

## Good
```hcl
resource "aws_sfn_state_machine" "approval" {
  name     = "approval"
  role_arn = "arn:aws:iam::111122223333:role/approval"
  definition = jsonencode({
    StartAt = "Ask"
    States = {
      Ask = {
        Type           = "Task"
        Resource       = "arn:aws:states:::sqs:sendMessage.waitForTaskToken"
        TimeoutSeconds = 86400
        End            = true
      }
    }
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule

_WAITING = (".waitForTaskToken", ":activity:")


@rule(target="aws_sfn_state_machine", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(machine: Node) -> Iterator[Fail]:
    definition = machine.at("definition").json()
    if definition.at("TimeoutSeconds").present:
        return
    for name, state in definition.at("States").entries():
        resource = state.at("Resource")
        if state.at("Type").text != "Task" or not isinstance(resource.data, str):
            continue
        limits = [state.at(key) for key in ("TimeoutSeconds", "TimeoutSecondsPath", "HeartbeatSeconds", "HeartbeatSecondsPath")]
        if any(word in resource.data for word in _WAITING) and all(limit.missing for limit in limits):
            yield Fail(
                resource,
                f"the step {name} waits for up to a year for an answer that may never come",
                expected="TimeoutSeconds or HeartbeatSeconds",
            )
