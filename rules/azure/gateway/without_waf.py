"""An application gateway forwards requests without a firewall.

## Why it matters
Injection, path traversal and the scanners of the day go straight to the application. During an attack there is no place to block a
pattern without a deployment.

## Five whys
1. Why did the injection reach the application? Nothing filtered the request.
2. Why? The gateway has no firewall that is enabled.
3. Why? It needs the tier WAF_v2, which costs more.

## Fix now
`az network application-gateway waf-policy create --name shop --resource-group GROUP`, then `az network application-gateway update --name
GATEWAY --resource-group GROUP --set sku.name=WAF_v2 sku.tier=WAF_v2 firewallPolicy.id=POLICY_ID`.

## Workaround
Block addresses in the security group of the gateway's subnet while the attack lasts.

## Prevent
Gateway and policy in one module; the policy `Azure Application Gateway should have Azure WAF enabled`.

## Validate
`curl "https://SHOP/?q=<script>alert(1)</script>"` answers 403.

## Bad
```hcl
resource "azurerm_application_gateway" "shop" { # finding
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  sku {
    name = "WAF_v2"
    tier = "WAF_v2"
  }
}
```

```hcl
resource "azurerm_application_gateway" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  waf_configuration {
    enabled          = false # finding
    firewall_mode    = "Prevention"
    rule_set_version = "3.2"
  }
}
```

## Good
```hcl
resource "azurerm_application_gateway" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  firewall_policy_id  = azurerm_web_application_firewall_policy.shop.id
  sku {
    name = "WAF_v2"
    tier = "WAF_v2"
  }
}

resource "azurerm_web_application_firewall_policy" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  managed_rules {
    managed_rule_set {
      version = "3.2"
    }
  }
}
```

```hcl
resource "azurerm_application_gateway" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  waf_configuration {
    enabled          = true
    firewall_mode    = "Prevention"
    rule_set_version = "3.2"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule
from auditor.views.decide import given


@rule(
    target="azurerm_application_gateway",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_120",
)
def check(gateway: Node, graph: Graph) -> Iterator[Fail]:
    if gateway.at("waf_configuration.enabled").flag is True:
        return
    policy = gateway.at("firewall_policy_id")
    if not given(policy):
        where = gateway.at("waf_configuration.enabled")
        yield Fail(where, "requests reach the application without a firewall", expected="a firewall_policy_id")
        return
    for found in graph.targets(policy, "azurerm_web_application_firewall_policy"):
        if found.body.at("policy_settings.enabled").flag is False:
            yield Fail(policy, "the gateway's firewall policy is switched off", expected="a policy that is enabled")
