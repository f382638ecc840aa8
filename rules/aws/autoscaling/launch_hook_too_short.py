"""A launch hook gives up before the instance can have started.

## Why it matters
The hook keeps a new instance out of service until the instance says that it is ready. When the time is up first, `ABANDON` (the
default) ends the instance, and the group launches the next one, which ends likewise: no instance ever comes, and each is paid for.

## Five whys
1. Why does no instance get beyond `Pending:Wait`? Each is ended there.
2. Why? Its hook timed out, and the default result is ABANDON.
3. Why did it time out? The instance was still installing.
4. Why is the time so short? It was set for another image.

## Fix now
Raise it: `aws autoscaling put-lifecycle-hook --auto-scaling-group-name NAME --lifecycle-hook-name H --heartbeat-timeout 900`, the same
in the code. Instances that are waiting now get more time with `aws autoscaling record-lifecycle-action-heartbeat`.

## Workaround
`--default-result CONTINUE` puts instances into service when the time is up, ready or not.

## Prevent
The hook's time is the slowest start that you accept; the instance ends it early with `complete-lifecycle-action`. The rule compares with
120 s for Linux and 300 s for Windows (the options `linux_seconds` and `windows_seconds`, our proposal), or with `default_instance_warmup`.

## Validate
`aws autoscaling describe-scaling-activities --auto-scaling-group-name NAME` shows no `Instance failed to complete user's Lifecycle Action`.

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 2
  max_size = 10
}

resource "aws_autoscaling_lifecycle_hook" "ready" {
  name                   = "ready"
  autoscaling_group_name = aws_autoscaling_group.web.name
  lifecycle_transition   = "autoscaling:EC2_INSTANCE_LAUNCHING"
  heartbeat_timeout      = 60 # finding
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 2
  max_size = 10
}

resource "aws_autoscaling_lifecycle_hook" "ready" { # an hour, when nothing is said
  name                   = "ready"
  autoscaling_group_name = aws_autoscaling_group.web.name
  lifecycle_transition   = "autoscaling:EC2_INSTANCE_LAUNCHING"
}

resource "aws_autoscaling_lifecycle_hook" "registered" {
  name                   = "registered"
  autoscaling_group_name = aws_autoscaling_group.web.name
  lifecycle_transition   = "autoscaling:EC2_INSTANCE_LAUNCHING"
  heartbeat_timeout      = 30
  default_result         = "CONTINUE"
}

resource "aws_autoscaling_lifecycle_hook" "drained" {
  name                   = "drained"
  autoscaling_group_name = aws_autoscaling_group.web.name
  lifecycle_transition   = "autoscaling:EC2_INSTANCE_TERMINATING"
  heartbeat_timeout      = 60
}

resource "aws_autoscaling_lifecycle_hook" "exact" {
  name                   = "exact"
  autoscaling_group_name = aws_autoscaling_group.web.name
  lifecycle_transition   = "autoscaling:EC2_INSTANCE_LAUNCHING"
  heartbeat_timeout      = 120
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.fleet import Fleet
from auditor.views.scaling.group import LAUNCHING, groups_of
from auditor.views.scaling.timing import LINUX, WINDOWS


@rule(
    target="aws_autoscaling_lifecycle_hook",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    options={"linux_seconds": LINUX, "windows_seconds": WINDOWS},
    symptoms=(r"failed to complete user's Lifecycle Action",),
)
def check(hook: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    timeout, result = hook.at("heartbeat_timeout"), hook.at("default_result")
    if hook.at("lifecycle_transition").text != LAUNCHING or timeout.missing or timeout.number is None:
        return
    if result.present and result.text != "ABANDON":
        return
    for group in groups_of(resource, graph):
        begin = Fleet(group, graph, options["linux_seconds"], options["windows_seconds"]).start
        if timeout.number < begin.seconds:
            message = f"the hook ends an instance after {timeout.number:g} s, and a start takes {begin.seconds:g} s ({begin.words})"
            yield Fail(timeout, message, expected=f"more than {begin.seconds:g} s", related=(begin.where,) if begin.where else ())
