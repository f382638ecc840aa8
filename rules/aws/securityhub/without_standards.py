"""Security Hub is on but checks nothing.

## Why it matters
Without a standard there are no controls: the score is empty, and findings come only from other products that happen to be connected.

## Five whys
1. Why does Security Hub show no findings? It has no standard to check.
2. Why? The default ones were turned off, and none was subscribed.
3. Why? The subscription was meant to be in another stack.

## Fix now
`aws securityhub batch-enable-standards --standards-subscription-requests
StandardsArn=arn:aws:securityhub:REGION::standards/aws-foundational-security-best-practices/v/1.0.0`, and an
`aws_securityhub_standards_subscription` in the code. It needs AWS Config to record.

## Workaround
None is needed.

## Prevent
Central configuration policies for the organisation.

## Validate
`aws securityhub get-enabled-standards --query 'StandardsSubscriptions[].[StandardsArn,StandardsStatus]'` prints READY.

## Bad
```hcl
resource "aws_securityhub_account" "main" {
  enable_default_standards = false # finding
}
```

## Good
```hcl
resource "aws_securityhub_account" "main" {
  enable_default_standards = false
}

resource "aws_securityhub_standards_subscription" "cis" {
  standards_arn = "arn:aws:securityhub:eu-central-1::standards/cis-aws-foundations-benchmark/v/3.0.0"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule

_OTHERS = (
    "aws_securityhub_standards_subscription",
    "aws_securityhub_configuration_policy_association",
    "aws_securityhub_organization_configuration",
)


@rule(target="aws_securityhub_account", severity=Severity.LOW, confidence=Confidence.LIKELY)
def check(account: Node, graph: Graph) -> Iterator[Fail]:
    defaults = account.at("enable_default_standards")
    if defaults.present and defaults.flag is False and not graph.of(*_OTHERS):
        yield Fail(defaults, "Security Hub is on, but checks nothing", expected="true, or a subscription to a standard")
