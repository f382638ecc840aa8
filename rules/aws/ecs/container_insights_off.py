"""A cluster keeps no metrics of its tasks and containers.

## Why it matters
Without Container Insights there are only averages of a whole service: no memory of a single task, no restarts, no network. "Which task
was killed, and how full was it?" cannot be answered afterwards.

## Five whys
1. Why does nobody know which task ran out of memory? Its own metrics were never kept.
2. Why? Container Insights is off.
3. Why? The default of the account is off, and the cluster does not ask for it.

## Fix now
`aws ecs update-cluster-settings --cluster C --settings name=containerInsights,value=enhanced`; metrics begin within minutes, for tasks
that start from then on.

## Workaround
The stats endpoint `$ECS_CONTAINER_METADATA_URI_V4/task/stats` from inside a running task.

## Prevent
`aws ecs put-account-setting-default --name containerInsights --value enabled`, and the setting in the module.

## Validate
`aws ecs describe-clusters --clusters C --include SETTINGS --query 'clusters[].settings'`.

## Bad
```hcl
resource "aws_ecs_cluster" "main" { # finding
  name = "main"
}

resource "aws_ecs_cluster" "batch" {
  name = "batch"
  setting {
    name  = "containerInsights"
    value = "disabled" # finding
  }
}
```

## Good
```hcl
resource "aws_ecs_cluster" "main" {
  name = "main"
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="aws_ecs_cluster",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_65 AVD-AWS-0034 aws-ecs-enable-container-insight",
)
def check(cluster: Node) -> Iterator[Fail]:
    last = cluster.at("setting")
    for setting in cluster.each("setting"):
        if setting.at("name").text == "containerInsights":
            last = setting.at("value")
            if last.text in ("enabled", "enhanced"):
                return
    where = last if last.path.endswith("value") else cluster.at("container_insights")
    yield Fail(where, "no metrics of tasks and containers are kept", expected="containerInsights enabled or enhanced")
