"""A search domain publishes no logs.

## Why it matters
Slow queries, rejected bulk requests and errors of the cluster show only in its logs, and those only in CloudWatch when published.

## Five whys
1. Why is nobody able to say which query brought the domain down? It is in no log.
2. Why not? No log is published.
3. Why? `log_publishing_options` is empty by default.

## Fix now
Create a log group with a resource policy for `es.amazonaws.com`, then add blocks for `ES_APPLICATION_LOGS`, `SEARCH_SLOW_LOGS` and
`INDEX_SLOW_LOGS`. Slow logs need thresholds per index too: `PUT index/_settings {"index.search.slowlog.threshold.query.warn": "5s"}`.

## Workaround
`GET _nodes/hot_threads` and `GET _tasks?detailed` while it lasts.

## Prevent
The blocks and the policy in the module.

## Validate
`aws logs describe-log-streams --log-group-name G --order-by LastEventTime --descending` shows fresh streams.

## Bad
```hcl
resource "aws_opensearch_domain" "shop" { # finding
  domain_name = "shop"
}
```

## Good
```hcl
resource "aws_opensearch_domain" "shop" {
  domain_name = "shop"
  log_publishing_options {
    log_type                 = "ES_APPLICATION_LOGS"
    cloudwatch_log_group_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:shop"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule


@rule(target="aws_opensearch_domain aws_elasticsearch_domain", severity=Severity.LOW, aliases="CKV_AWS_84")
def check(domain: Node) -> Iterator[Fail]:
    options = list(domain.each("log_publishing_options"))
    if not any(option.at("enabled").missing or option.at("enabled").flag for option in options):
        where = options[0].at("enabled") if options else domain.at("log_publishing_options")
        yield Fail(where, "the domain publishes no logs", expected="ES_APPLICATION_LOGS and slow logs")
