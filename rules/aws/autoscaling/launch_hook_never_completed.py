r"""A launch hook waits for a word that nothing in the code gives.

## Why it matters
Every new instance stands in `Pending:Wait` until somebody calls `complete-lifecycle-action`. Where nobody does, it stays there for the
whole heartbeat timeout, an hour by default, and is then ended (ABANDON) or taken into service unchecked (CONTINUE). Scale-out takes an
hour.

## Five whys
1. Why did new instances take an hour? They waited in `Pending:Wait`.
2. Why? Their hook was not completed.
3. Why? The script that did it was replaced, and the hook stayed.

## Fix now
Let go those that wait: `aws autoscaling complete-lifecycle-action --auto-scaling-group-name NAME --lifecycle-hook-name H --instance-id i-…
--lifecycle-action-result CONTINUE`. Then delete the hook, or call the same at the end of the start script; the instance's role needs
`autoscaling:CompleteLifecycleAction`.

## Workaround
A `heartbeat_timeout` of what a start takes, with `default_result = "CONTINUE"`.

## Prevent
Hook, start script and permission in one module.

## Validate
`aws autoscaling describe-auto-scaling-instances --query 'AutoScalingInstances[?LifecycleState==`Pending:Wait`]'` is empty after a few
minutes.

## Bad
```hcl
resource "aws_launch_template" "web" {
  instance_type = "m6i.large"
  user_data     = "#!/bin/sh\nsystemctl start web\n"
}

resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 2
  max_size = 10

  launch_template {
    id = aws_launch_template.web.id
  }
}

resource "aws_autoscaling_lifecycle_hook" "ready" { # finding
  name                   = "ready"
  autoscaling_group_name = aws_autoscaling_group.web.name
  lifecycle_transition   = "autoscaling:EC2_INSTANCE_LAUNCHING"
}
```

## Good
```hcl
resource "aws_launch_template" "web" {
  instance_type = "m6i.large"
  user_data     = "#!/bin/sh\nsystemctl start web && aws autoscaling complete-lifecycle-action --lifecycle-hook-name ready\n"
}

resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 2
  max_size = 10

  launch_template {
    id = aws_launch_template.web.id
  }
}

resource "aws_autoscaling_lifecycle_hook" "ready" {
  name                   = "ready"
  autoscaling_group_name = aws_autoscaling_group.web.name
  lifecycle_transition   = "autoscaling:EC2_INSTANCE_LAUNCHING"
}

resource "aws_launch_template" "baked" { # the image may do it
  instance_type = "m6i.large"
}

resource "aws_autoscaling_group" "baked" {
  name     = "baked"
  min_size = 2
  max_size = 10

  launch_template {
    id = aws_launch_template.baked.id
  }
}

resource "aws_autoscaling_lifecycle_hook" "baked" {
  name                   = "baked"
  autoscaling_group_name = aws_autoscaling_group.baked.name
  lifecycle_transition   = "autoscaling:EC2_INSTANCE_LAUNCHING"
}
```

Somebody is told, and may complete it:

```hcl
resource "aws_launch_template" "web" {
  instance_type = "m6i.large"
  user_data     = "#!/bin/sh\nsystemctl start web\n"
}

resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 2
  max_size = 10

  launch_template {
    id = aws_launch_template.web.id
  }
}

resource "aws_autoscaling_lifecycle_hook" "told" {
  name                    = "told"
  autoscaling_group_name  = aws_autoscaling_group.web.name
  lifecycle_transition    = "autoscaling:EC2_INSTANCE_LAUNCHING"
  notification_target_arn = "arn:aws:sqs:eu-central-1:111122223333:launches"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.group import LAUNCHING, groups_of
from auditor.views.scaling.hook import may_be_completed_by_others
from auditor.views.scaling.launch import sources
from auditor.views.user_data import scripts


@rule(target="aws_autoscaling_lifecycle_hook", severity=Severity.MEDIUM, confidence=Confidence.LIKELY)
def check(hook: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if hook.at("lifecycle_transition").text != LAUNCHING or hook.at("notification_target_arn").present:
        return
    for group in groups_of(resource, graph):
        written = [script for source in sources(group, graph) for script in scripts(source, graph)]
        if not written or any("lifecycle" in script.text for script in written) or may_be_completed_by_others(graph):
            continue
        seconds = hook.at("heartbeat_timeout").number if hook.at("heartbeat_timeout").present else 3600
        message = f"nothing completes the hook: each new instance of {group.address.text} waits {seconds:g} s"
        yield Fail(hook, message, expected="complete-lifecycle-action in the start script", related=(written[0].where,))
        return
