"""A web ACL has no rules.

## Why it matters
Everything gets the default action. With `allow` the site looks protected in every inventory, and nothing is looked at.

## Five whys
1. Why did the firewall not block the attack? It has no rule.
2. Why not? It was created to be filled later, or its rules were removed in an incident.

## Fix now
Add a rate-based rule (2,000 requests in five minutes from one address) and `AWSManagedRulesCommonRuleSet`; they act within a minute. In
an attack start with the rate-based rule: it has the fewest false positives.

## Workaround
Rules that Firewall Manager adds do not show up in the code: when that is so, suppress the finding with that reason.

## Prevent
A module for web ACLs that has the AWS groups built in.

## Validate
`aws wafv2 get-web-acl --name NAME --scope REGIONAL --id ID --query 'WebACL.Rules[].Name'` lists rules.

## Bad
```hcl
resource "aws_wafv2_web_acl" "site" { # finding
  name  = "site"
  scope = "REGIONAL"

  default_action {
    allow {}
  }
}
```

## Good
```hcl
resource "aws_wafv2_web_acl" "site" {
  name  = "site"
  scope = "REGIONAL"

  default_action {
    allow {}
  }

  rule {
    name     = "rate"
    priority = 1

    action {
      block {}
    }

    statement {
      rate_based_statement {
        limit = 2000
      }
    }
  }
}

resource "aws_waf_web_acl" "old" {
  name        = "old"
  metric_name = "old"

  rules {
    priority = 1
    rule_id  = "12345678-1234-1234-1234-123456789012"

    action {
      type = "BLOCK"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.decide import every


@rule(target="aws_wafv2_web_acl aws_waf_web_acl aws_wafregional_web_acl", severity=Severity.MEDIUM, aliases="CKV_AWS_175")
def check(acl: Node) -> Iterator[Fail]:
    if every(*(lambda name=name: acl.at(name).missing for name in ("rule", "rules", "rule_json"))):
        yield Fail(acl, "the web ACL has no rules", expected="rules")
