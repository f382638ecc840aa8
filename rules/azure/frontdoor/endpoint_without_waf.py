"""An endpoint of Front Door has no security policy.

## Why it matters
Front Door sees every request first. Without a security policy that ties a firewall to the endpoint, it carries floods and injections to
your origins.

## Five whys
1. Why did the bots reach the shop? Front Door let them pass.
2. Why? No security policy names the endpoint.
3. Why? It is a third resource beside the endpoint and the firewall.

## Fix now
`az afd security-policy create --profile-name PROFILE --resource-group GROUP --security-policy-name shop --domains ENDPOINT_ID
--waf-policy WAF_ID`, first with the firewall in Detection.

## Workaround
A rule set that answers 403 to the attacked path: `az afd rule create`.

## Prevent
Endpoint, firewall and security policy in one module.

## Validate
`curl "https://ENDPOINT/?q=<script>alert(1)</script>"` answers 403.

## Bad
```hcl
resource "azurerm_cdn_frontdoor_endpoint" "shop" { # finding
  name                     = "shop"
  cdn_frontdoor_profile_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Cdn/profiles/contoso"
}
```

## Good
```hcl
resource "azurerm_cdn_frontdoor_endpoint" "shop" {
  name                     = "shop"
  cdn_frontdoor_profile_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Cdn/profiles/contoso"
}

resource "azurerm_cdn_frontdoor_security_policy" "shop" {
  name                     = "shop"
  cdn_frontdoor_profile_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Cdn/profiles/contoso"
  security_policies {
    firewall {
      cdn_frontdoor_firewall_policy_id = azurerm_cdn_frontdoor_firewall_policy.shop.id
      association {
        domain {
          cdn_frontdoor_domain_id = azurerm_cdn_frontdoor_endpoint.shop.id
        }
        patterns_to_match = ["/*"]
      }
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule

_DOMAIN = "security_policies.firewall.association.domain.cdn_frontdoor_domain_id"


@rule(
    target="azurerm_cdn_frontdoor_endpoint",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
)
def check(endpoint: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if endpoint.at("enabled").flag is False:
        return
    if not graph.attached(resource, _DOMAIN, "azurerm_cdn_frontdoor_security_policy"):
        yield Fail(endpoint, "requests reach the origins without a firewall", expected="a security policy for the endpoint")
