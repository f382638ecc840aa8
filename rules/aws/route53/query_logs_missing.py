"""A public zone does not log its queries.

## Why it matters
The log says which names are asked for, from where, and with what answer. It shows a forgotten record that is still in use before it is
deleted, and names that somebody tries out.

## Five whys
1. Why did deleting an old record break a partner? It still was in use.
2. Why did nobody know? Nothing records which names are asked for.
3. Why not? The zone has no query log.

## Fix now
Create a log group in us-east-1 whose name begins with `/aws/route53/`, a resource policy that lets `route53.amazonaws.com` write, and
`aws route53 create-query-logging-config --hosted-zone-id Z… --cloud-watch-logs-log-group-arn ARN`. Queries appear within minutes.

## Workaround
Before deleting one record: lower its TTL, point it at a host that logs, and wait for a week.

## Prevent
A module for public zones with an `aws_route53_query_log` and a short retention.

## Validate
`aws route53 list-query-logging-configs --hosted-zone-id Z…` prints the log group.

## Bad
```hcl
resource "aws_route53_zone" "main" { # finding
  name = "example.com"
}
```

## Good
```hcl
resource "aws_route53_zone" "main" {
  name = "example.com"
}

resource "aws_route53_query_log" "main" {
  zone_id                  = aws_route53_zone.main.zone_id
  cloudwatch_log_group_arn = "arn:aws:logs:us-east-1:111122223333:log-group:/aws/route53/example.com"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.zone import is_private


@rule(target="aws_route53_zone", severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV2_AWS_39")
def check(zone: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not is_private(resource, graph) and not graph.attached(resource, "zone_id", "aws_route53_query_log"):
        yield Fail(zone, "the public zone does not log its queries", expected="an aws_route53_query_log")
