"""The configuration recorder is off, or leaves types of resources out.

## Why it matters
Config answers "what did it look like before, and who changed it?". What it did not record on that day cannot be had later, and rules of
Config and Security Hub stay without data.

## Five whys
1. Why is the history of the security group empty? It was not recorded.
2. Why? The recorder is stopped, or its type is not on the list.
3. Why? It was paused to save money in a migration.

## Fix now
`aws configservice start-configuration-recorder --configuration-recorder-name N`, `is_enabled = true`, and `all_supported = true` in the
recorder.

## Workaround
CloudTrail holds the calls, without the states.

## Prevent
Record daily instead of continuously to save (`recording_mode`), rather than fewer types.

## Validate
`aws configservice describe-configuration-recorder-status --query 'ConfigurationRecordersStatus[].[recording,lastStatus]'` prints true
and SUCCESS.

## Bad
```hcl
resource "aws_config_configuration_recorder" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/config"
}

resource "aws_config_configuration_recorder_status" "main" {
  name       = aws_config_configuration_recorder.main.name
  is_enabled = false # finding
}
```

## Good
```hcl
resource "aws_config_configuration_recorder" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/config"
}

resource "aws_config_configuration_recorder_status" "main" {
  name       = aws_config_configuration_recorder.main.name
  is_enabled = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule


@rule(
    target="aws_config_configuration_recorder_status",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV2_AWS_45",
)
def check(status: Node, graph: Graph) -> Iterator[Fail]:
    enabled = status.at("is_enabled")
    if enabled.missing or enabled.flag is not True:
        yield Fail(enabled, "the recorder exists, but records nothing", expected="true")
    for recorder in graph.targets(status.at("name"), "aws_config_configuration_recorder"):
        everything = recorder.at("recording_group.all_supported")
        if everything.present and everything.flag is False and recorder.at("recording_group.exclusion_by_resource_types").missing:
            yield Fail(everything, "the recorder leaves types of resources out", expected="all_supported = true")
