"""The configuration recorder leaves users, roles and policies out.

## Why it matters
IAM belongs to no region, so a recorder keeps its history only when told to. Without it nobody sees how a role looked before the
incident.

## Five whys
1. Why is there no history of the role's policy? Global resources are not recorded.
2. Why not? `include_global_resource_types` is not set.
3. Why? Its default is false, so that not every region records the same.

## Fix now
Turn it on in one region, your home region: `aws configservice put-configuration-recorder --configuration-recorder name=N,roleARN=ARN
--recording-group allSupported=true,includeGlobalResourceTypes=true`.

## Workaround
The versions of managed policies (`aws iam list-policy-versions`) and CloudTrail.

## Prevent
One variable in the module that is true in the home region only; accept this rule in the others.

## Validate
`aws configservice get-resource-config-history --resource-type AWS::IAM::Role --resource-id ID` prints items.

## Bad
```hcl
resource "aws_config_configuration_recorder" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/config"

  recording_group { # finding
    all_supported = true
  }
}
```

## Good
```hcl
resource "aws_config_configuration_recorder" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/config"

  recording_group {
    all_supported                 = true
    include_global_resource_types = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule

_STATUS = "aws_config_configuration_recorder_status"


@rule(
    target="aws_config_configuration_recorder aws_config_configuration_recorder_status",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV2_AWS_48",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if resource.kind == _STATUS:
        recorders = graph.targets(body.at("name"), "aws_config_configuration_recorder")
    else:
        recorders = () if graph.attached(resource, "name", _STATUS) else (resource,)
    for recorder in recorders:
        included = recorder.at("recording_group.include_global_resource_types")
        if included.missing or included.flag is not True:
            yield Fail(
                included, "users, roles and policies are not recorded", expected="include_global_resource_types = true in one region"
            )
