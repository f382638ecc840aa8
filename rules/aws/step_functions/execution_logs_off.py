"""Executions of a state machine are not logged with what they were given.

## Why it matters
Express workflows keep no history at all, standard ones 90 days, one execution at a time. Without logs nobody can search for "which
orders failed in step three, with which input", and so nobody can repeat them.

## Five whys
1. Why could the failed orders not be repeated? Nobody knew what they were.
2. Why not? The executions left no log with their input.
3. Why? `logging_configuration` is off, or without execution data.

## Fix now
A log group `/aws/vendedlogs/states/NAME`, the role with `logs:CreateLogDelivery` and its relatives, and `aws stepfunctions
update-state-machine --state-machine-arn ARN --logging-configuration
'level=ERROR,includeExecutionData=true,destinations=[{cloudWatchLogsLogGroup={logGroupArn="ARN:*"}}]'`. Where inputs hold personal data,
encrypt the group.

## Workaround
`aws stepfunctions list-executions --status-filter FAILED` for standard workflows.

## Prevent
Group, policy and block in the module.

## Validate
Let an execution fail; `aws logs tail GROUP --since 5m` shows its input.

## Bad
```hcl
resource "aws_sfn_state_machine" "order" { # finding
  name       = "order"
  role_arn   = "arn:aws:iam::111122223333:role/order"
  definition = jsonencode({ StartAt = "Done", States = { Done = { Type = "Succeed" } } })
}
```

## Good
```hcl
resource "aws_sfn_state_machine" "order" {
  name       = "order"
  role_arn   = "arn:aws:iam::111122223333:role/order"
  definition = jsonencode({ StartAt = "Done", States = { Done = { Type = "Succeed" } } })

  logging_configuration {
    level                  = "ERROR"
    include_execution_data = true
    log_destination        = "arn:aws:logs:eu-central-1:111122223333:log-group:/aws/vendedlogs/states/order:*"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(target="aws_sfn_state_machine", severity=Severity.MEDIUM, confidence=Confidence.FIRM, aliases="CKV_AWS_285")
def check(machine: Node) -> Iterator[Fail]:
    logging = machine.at("logging_configuration")
    level, data = logging.at("level"), logging.at("include_execution_data")
    if logging.missing or level.missing or level.text == "OFF":
        yield Fail(level if level.present else logging, "executions are not logged", expected="level ERROR or ALL")
    elif data.missing or data.flag is not True:
        yield Fail(data, "the log does not hold what a failed step was given", expected="include_execution_data = true")
