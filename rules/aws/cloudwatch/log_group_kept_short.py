"""Log lines of a group are deleted within a year.

## Why it matters
Break-ins are found after months on average, and several standards (PCI DSS, NIST) ask for a year of audit logs. What the group has
deleted can be had from nowhere, unless it was copied.

## Five whys
1. Why can the investigation not go back to spring? The log lines are gone.
2. Why? The group keeps them for 30 days.
3. Why? The number was chosen for debugging, not for investigations.

## Fix now
For logs of security value: `aws logs put-retention-policy --log-group-name G --retention-in-days 365`. It cannot bring back what is
gone.

## Workaround
Send them to S3 with a subscription, where a year costs a tenth.

## Prevent
Two classes in the module: debugging (30 days) and audit (365); set the option `days` of this rule to your own number.

## Validate
`aws logs describe-log-groups --log-group-name-prefix G --query 'logGroups[].retentionInDays'`.

## Bad
```hcl
resource "aws_cloudwatch_log_group" "audit" {
  name              = "/shop/audit"
  retention_in_days = 30 # finding
}
```

## Good
```hcl
resource "aws_cloudwatch_log_group" "audit" {
  name              = "/shop/audit"
  retention_in_days = 400
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="aws_cloudwatch_log_group",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="CKV_AWS_338",
    options={"days": 365},
)
def check(group: Node, options: dict[str, int]) -> Iterator[Fail]:
    kept = group.at("retention_in_days")
    days = kept.number if kept.present else None
    if days and days < options["days"]:
        yield Fail(kept, f"log lines are deleted after {days:g} days", expected=f"at least {options['days']}, or a copy elsewhere")
