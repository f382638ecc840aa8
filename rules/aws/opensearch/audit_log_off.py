"""A search domain publishes no audit log.

## Why it matters
Without it nobody can say who searched for what, who failed to log in, and who deleted an index. It needs fine-grained access control, and
has to be switched on inside the domain too.

## Five whys
1. Why do we not know who deleted the index? No log has it.
2. Why not? The audit log is not published.
3. Why? Only the slow logs were, for the operators.

## Fix now
Add `log_publishing_options { log_type = "AUDIT_LOGS" … }`, then in the dashboard or by API turn auditing on: `PUT
_plugins/_security/api/audit/config`.

## Workaround
Look at the VPC flow logs for the clients' addresses.

## Prevent
In the module, with a retention on the log group and few categories: `READ` of everything is a lot.

## Validate
`aws logs tail G --since 10m` shows `audit_category`.

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
    log_type                 = "AUDIT_LOGS"
    cloudwatch_log_group_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:shop"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="aws_opensearch_domain aws_elasticsearch_domain",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_317 AVD-AWS-0042 aws-elasticsearch-enable-domain-logging",
)
def check(domain: Node) -> Iterator[Fail]:
    audits = [option for option in domain.each("log_publishing_options") if option.at("log_type").text == "AUDIT_LOGS"]
    if not any(option.at("enabled").missing or option.at("enabled").flag for option in audits):
        where = audits[0].at("enabled") if audits else domain.at("log_publishing_options")
        yield Fail(where, "the domain publishes no audit log", expected="AUDIT_LOGS")
