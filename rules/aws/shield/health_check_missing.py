"""A Shield Advanced protection has no health check.

## Why it matters
Without one Shield does not know when the application suffers: it mitigates later, with higher thresholds, and the Shield Response Team
is not called by itself.

## Five whys
1. Why did the response team not call during the attack? Nothing told them that the service was down.
2. Why not? The protection has no health check.
3. Why not? The association is a resource of its own, and the protection works without.

## Fix now
`aws shield associate-health-check --protection-id ID --health-check-arn arn:aws:route53:::healthcheck/HEALTH_CHECK_ID`. Use a check of
what customers see (a page with its database), not of a static file. In an attack call the team: a support case with severity
"critical", service Shield.

## Workaround
An alarm on the site's error rate that pages you, so that you can call.

## Prevent
Create health check, protection and association in one module, and enable proactive engagement.

## Validate
`aws shield describe-protection --protection-id ID --query Protection.HealthCheckIds` prints an id.

## Bad
```hcl
resource "aws_shield_protection" "web" { # finding
  name         = "web"
  resource_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/0123456789abcdef"
}
```

## Good
```hcl
resource "aws_shield_protection" "web" {
  name         = "web"
  resource_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/0123456789abcdef"
}

resource "aws_shield_protection_health_check_association" "web" {
  shield_protection_id = aws_shield_protection.web.id
  health_check_arn     = "arn:aws:route53:::healthcheck/12345678-1234-1234-1234-123456789012"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(target="aws_shield_protection", severity=Severity.LOW, confidence=Confidence.FIRM)
def check(protection: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not graph.attached(resource, "shield_protection_id", "aws_shield_protection_health_check_association"):
        yield Fail(protection, "Shield does not know when the application suffers", expected="a health check association")
