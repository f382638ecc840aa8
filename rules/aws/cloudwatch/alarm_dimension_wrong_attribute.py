"""An alarm watches a resource by something that CloudWatch does not know it by.

## Why it matters
A dimension is compared as text. A load balancer is `app/shop/50dc6c495c0c9188` there, not its ARN and not its name; a database instance
is its identifier, not the `id` that Terraform has for it since version 5 of the provider. With the wrong text the alarm waits for a
metric that nobody sends: it never rings, and mostly looks green.

## Five whys
1. Why did no alarm ring? It never had any data.
2. Why not? There is no metric with this dimension.
3. Why? The dimension holds the ARN, CloudWatch knows the load balancer by the end of it.
4. Why did the apply not fail? CloudWatch takes any text.

## Fix now
Use the attribute in the message, and apply; `aws cloudwatch list-metrics --namespace AWS/ApplicationELB --metric-name RequestCount` shows
how the resources are called.

## Workaround
`treat_missing_data = "breaching"` makes an alarm without data ring at once.

## Prevent
`treat_missing_data` on every alarm for something that always has data, so that a wrong dimension shows on the first day.

## Validate
`aws cloudwatch describe-alarms --alarm-names NAME --query 'MetricAlarms[].StateValue'` says OK, not INSUFFICIENT_DATA.

## Bad
```hcl
resource "aws_lb" "shop" {
  name = "shop"
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_ELB_5XX_Count"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 10
  dimensions = {
    LoadBalancer = aws_lb.shop.arn # finding
  }
}
```

## Good
```hcl
resource "aws_lb" "shop" {
  name = "shop"
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_ELB_5XX_Count"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 10
  dimensions = {
    LoadBalancer = aws_lb.shop.arn_suffix
  }
}

resource "aws_cloudwatch_metric_alarm" "composed" {
  alarm_name          = "composed"
  namespace           = "Shop"
  metric_name         = "Errors"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 10
  dimensions = {
    LoadBalancer = aws_lb.shop.arn
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.alarm import ALARM, watched_metrics
from auditor.views.alarm_dimension import wrong_attributes


@rule(target=ALARM, severity=Severity.HIGH, confidence=Confidence.FIRM)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for metric in watched_metrics(resource):
        for found in wrong_attributes(metric, graph):
            message = f"CloudWatch does not know {found.target.address.text} by its {found.attribute}"
            yield Fail(found.where, message, expected=f"{found.target.address.text}.{found.expected}", related=(found.target.body,))
