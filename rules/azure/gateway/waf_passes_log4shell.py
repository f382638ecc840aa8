"""A firewall policy of an application gateway lets Log4Shell through.

## Why it matters
One header with `${jndi:ldap://...}` runs foreign code in every Java program that logs it with an old Log4j. Rule 944240 of the managed
set stops it; here the set is missing, too old, or the rule is disabled.

## Five whys
1. Why did the old Java service run foreign code? A header made it load some.
2. Why did the firewall pass the header? Its rule is not active.
3. Why? The rule set is older than 3.1, or the rule was disabled for false alarms.

## Fix now
`az network application-gateway waf-policy managed-rule rule-set update --policy-name POLICY --resource-group GROUP --type OWASP --version
3.2`, and take 944240 out of the disabled rules.

## Workaround
A custom rule that blocks `${jndi:` in headers, arguments and bodies; `-Dlog4j2.formatMsgNoLookups=true` in the services.

## Prevent
Log4j 2.17 or newer everywhere: the firewall only buys time.

## Validate
`curl -H 'X-Test: ${jndi:ldap://x/a}' https://SHOP` answers 403.

## Bad
```hcl
resource "azurerm_web_application_firewall_policy" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  managed_rules { # finding
    managed_rule_set {
      type    = "OWASP"
      version = "3.0"
    }
  }
}
```

```hcl
resource "azurerm_web_application_firewall_policy" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  managed_rules { # finding
    managed_rule_set {
      version = "3.2"
      rule_group_override {
        rule_group_name = "REQUEST-944-APPLICATION-ATTACK-JAVA"
        disabled_rules  = ["944240"]
      }
    }
  }
}
```

## Good
```hcl
resource "azurerm_web_application_firewall_policy" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  managed_rules {
    managed_rule_set {
      type    = "OWASP"
      version = "3.2"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule

_RULE = "944240"
_GROUP = "REQUEST-944-APPLICATION-ATTACK-JAVA"
_SETS = (("OWASP", ("3.1", "3.2")), ("Microsoft_DefaultRuleSet", ("2.1", "2.2")))


@rule(
    target="azurerm_web_application_firewall_policy",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_135",
)
def check(policy: Node) -> Iterator[Fail]:
    rules = policy.at("managed_rules")
    if not any(_stops(rule_set) for rule_set in rules.each("managed_rule_set")):
        yield Fail(rules, "requests with Log4Shell pass the firewall", expected=f"rule {_RULE} of the managed set 3.2")


def _stops(rule_set: Node) -> bool:
    kind, version = rule_set.at("type").text or "OWASP", rule_set.at("version").text
    return any(kind == name and version in versions for name, versions in _SETS) and not any(map(_disables, _overrides(rule_set)))


def _overrides(rule_set: Node) -> Iterator[Node]:
    return (override for override in rule_set.each("rule_group_override") if override.at("rule_group_name").text == _GROUP)


def _disables(override: Node) -> bool:
    if any(rule.text == _RULE for rule in override.each("disabled_rules")):
        return True
    return any(rule.at("id").text == _RULE and rule.at("enabled").flag is not True for rule in override.each("rule"))
