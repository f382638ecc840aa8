"""A group stops growing, unnoticed, when the agent that measures it dies.

## Why it matters
A custom metric comes from an agent on the instances. When it crashes, often because of the very load, the metric ends; with missing data as
`notBreaching` the alarm turns to OK and the group is not made larger while it drowns.

## Five whys
1. Why did the group not grow in the peak? Its scale-out alarm was OK.
2. Why? It had no data, and that counts as not breaching.
3. Why no data? The agent had been killed for lack of memory.
4. Why did nobody see it? An alarm that is OK wakes nobody.

## Fix now
Add a second alarm that pages when the metric is absent (`treat_missing_data = "breaching"`, no scaling action), and let the scale-out alarm
keep its state: `treat_missing_data = "ignore"`.

## Workaround
Scale by a metric that AWS itself sends (`CPUUtilization`, `RequestCountPerTarget`).

## Prevent
Each metric that steers something has an alarm for its own absence.

## Validate
Stop the agent on every test instance: a page comes, and the scale-out alarm does not change to OK.

## Bad
```hcl
resource "aws_autoscaling_policy" "out" {
  name                   = "out"
  autoscaling_group_name = "web"
  scaling_adjustment     = 2
}

resource "aws_cloudwatch_metric_alarm" "memory" {
  alarm_name          = "memory"
  namespace           = "CWAgent"
  metric_name         = "mem_used_percent"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 60
  evaluation_periods  = 3
  treat_missing_data  = "notBreaching" # finding
  alarm_actions       = [aws_autoscaling_policy.out.arn]
}
```

## Good
```hcl
resource "aws_autoscaling_policy" "out" {
  name                   = "out"
  autoscaling_group_name = "web"
  scaling_adjustment     = 2
}

resource "aws_cloudwatch_metric_alarm" "memory" {
  alarm_name          = "memory"
  namespace           = "CWAgent"
  metric_name         = "mem_used_percent"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 60
  evaluation_periods  = 3
  treat_missing_data  = "ignore"
  alarm_actions       = [aws_autoscaling_policy.out.arn]
}

resource "aws_cloudwatch_metric_alarm" "jobs" { # somebody is told when the metric ends
  alarm_name          = "jobs"
  namespace           = "Shop"
  metric_name         = "WaitingJobs"
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 100
  period              = 60
  evaluation_periods  = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_autoscaling_policy.out.arn]
}

resource "aws_cloudwatch_metric_alarm" "jobs_gone" {
  alarm_name          = "jobs-gone"
  namespace           = "Shop"
  metric_name         = "WaitingJobs"
  statistic           = "SampleCount"
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "breaching"
  alarm_actions       = ["arn:aws:sns:eu-central-1:111122223333:pager"]
}
```
"""

from collections.abc import Iterator, Mapping

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.cache import per_graph
from auditor.views.scaling.policy import ALARM, direction, policies_of

UNCLEAR = object()
"""The name of a metric that may be any."""


@rule(target=ALARM, severity=Severity.LOW, confidence=Confidence.LIKELY)
def check(alarm: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    missing, namespace, name = alarm.at("treat_missing_data"), alarm.at("namespace").text or "", alarm.at("metric_name").text
    if missing.missing or missing.text != "notBreaching" or not namespace or namespace.startswith("AWS/"):
        return
    grown = [policy for policy in policies_of(resource, graph) if direction(policy.body) > 0]
    if grown and not _is_noticed(graph, namespace, name):
        message = f"without {name}, which comes from an agent, the alarm is OK and {grown[0].address.text} never runs"
        yield Fail(missing, message, expected="ignore, and an alarm for its absence", related=(grown[0].body,))


@per_graph
def _is_noticed(graph: Graph, namespace: str, name: str | None) -> bool:
    """Whether some alarm rings when the metric is not sent. Raises `Undecided`."""
    index = _by_metric(graph)
    return any(_notices(other, namespace, name) for key in (name, UNCLEAR) for other in index.get((namespace, key), ()))


@per_graph
def _by_metric(graph: Graph) -> Mapping[tuple[str, object], list[Resource]]:
    """The alarms by namespace and name of their metric; those of which one is not known by every namespace, as `UNCLEAR`."""
    found: dict[tuple[str, object], list[Resource]] = {}
    unclear = []
    for alarm in graph.of(ALARM):
        namespace, name = alarm.at("namespace"), alarm.at("metric_name")
        if namespace.unknown or name.unknown:
            unclear.append(alarm)
        else:
            found.setdefault((namespace.text or "", name.text), []).append(alarm)
    for space in {space for space, _ in found}:
        found[space, UNCLEAR] = unclear
    return found


def _notices(other: Resource, namespace: str, name: str | None) -> bool:
    """Whether an alarm rings when the metric is not sent."""
    watched = other.at("namespace").text == namespace and other.at("metric_name").text == name
    return watched and (other.at("treat_missing_data").text == "breaching" or other.at("insufficient_data_actions").present)
