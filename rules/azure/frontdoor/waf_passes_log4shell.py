"""A firewall policy of Front Door lets Log4Shell through.

## Why it matters
A header with `${jndi:ldap://...}` makes old Java services load and run foreign code. The managed rule 944240 knows it; here there is no
such set, or the rule is off or only logs.

## Five whys
1. Why did a Java service behind Front Door run foreign code? A header told it to.
2. Why was it not blocked? Rule 944240 does not block here.
3. Why? The policy has no default rule set, or overrides the rule.

## Fix now
`az network front-door waf-policy managed-rules add --policy-name POLICY --resource-group GROUP --type Microsoft_DefaultRuleSet --version
1.1`, and remove the override of 944240.

## Workaround
A custom rule that blocks `${jndi:` in headers and query strings.

## Prevent
Update Log4j everywhere; the rule only buys time.

## Validate
`curl -H 'X-Test: ${jndi:ldap://x/a}' https://SHOP` answers 403.

## Bad
```hcl
resource "azurerm_frontdoor_firewall_policy" "shop" { # finding
  name                = "shop"
  resource_group_name = "shop"
}
```

```hcl
resource "azurerm_frontdoor_firewall_policy" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  managed_rule { # finding
    type    = "Microsoft_DefaultRuleSet"
    version = "1.1"
    override {
      rule_group_name = "JAVA"
      rule {
        rule_id = "944240"
        enabled = true
        action  = "Log"
      }
    }
  }
}
```

## Good
```hcl
resource "azurerm_frontdoor_firewall_policy" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  managed_rule {
    type    = "Microsoft_DefaultRuleSet"
    version = "1.1"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule

_RULE = "944240"
_SETS = frozenset(
    {
        ("DefaultRuleSet", "1.0"),
        ("Microsoft_DefaultRuleSet", "1.1"),
        ("Microsoft_DefaultRuleSet", "2.0"),
        ("Microsoft_DefaultRuleSet", "2.1"),
    }
)


@rule(
    target="azurerm_frontdoor_firewall_policy",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_133",
)
def check(policy: Node) -> Iterator[Fail]:
    sets = [found for found in policy.each("managed_rule") if (found.at("type").text, found.at("version").text) in _SETS]
    if not any(_stops(found) for found in sets):
        yield Fail(sets[0] if sets else policy.at("managed_rule"), "requests with Log4Shell pass the firewall", expected=f"rule {_RULE}")


def _stops(rule_set: Node) -> bool:
    for changed in rule_set.each("override.rule"):
        if changed.at("rule_id").text == _RULE:
            return changed.at("enabled").flag is True and changed.at("action").text in ("Block", "Redirect")
    return True
