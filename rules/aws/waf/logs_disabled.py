"""A web ACL keeps no logs.

## Why it matters
The metrics say how much was blocked. Only the log says which request, by which rule, from where: without it nobody can tell an attack
from customers who are locked out by a false positive.

## Five whys
1. Why did it take a day to find out that customers were blocked? Nobody could see their requests.
2. Why not? The web ACL does not log.
3. Why not? Logging is a resource of its own, and the firewall works without.

## Fix now
`aws wafv2 put-logging-configuration --logging-configuration ResourceArn=ACL_ARN,LogDestinationConfigs=DESTINATION_ARN`; the
destination's name has to begin with `aws-waf-logs-`. Requests appear within minutes. Redact the `authorization` and `cookie` headers.

## Workaround
`aws wafv2 get-sampled-requests` shows samples of the last three hours.

## Prevent
A module that creates the log group with the ACL; a filter that keeps only BLOCK and COUNT saves money.

## Validate
`aws wafv2 get-logging-configuration --resource-arn ACL_ARN` prints the destination.

## Bad
```hcl
resource "aws_wafv2_web_acl" "site" { # finding
  name  = "site"
  scope = "REGIONAL"
}
```

## Good
```hcl
resource "aws_wafv2_web_acl" "site" {
  name  = "site"
  scope = "REGIONAL"
}

resource "aws_wafv2_web_acl_logging_configuration" "site" {
  resource_arn            = aws_wafv2_web_acl.site.arn
  log_destination_configs = ["arn:aws:s3:::aws-waf-logs-example"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.web_acl import ACL


@rule(target=ACL, severity=Severity.MEDIUM, aliases="CKV2_AWS_31")
def check(acl: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not graph.attached(resource, "resource_arn", "aws_wafv2_web_acl_logging_configuration"):
        yield Fail(acl, "the web ACL keeps no logs", expected="an aws_wafv2_web_acl_logging_configuration")
