"""A firewall lets traffic of known attackers pass.

## Why it matters
Microsoft keeps a list of addresses and names of botnets and command servers. In the mode Alert the firewall writes a line and passes the
packets on; who reads the line comes later than the malware.

## Five whys
1. Why did the infected machine reach its command server? The firewall knew the server and let it pass.
2. Why? Threat intelligence is in the mode Alert, the default, or off.
3. Why? It was to be watched for a month before it blocks.

## Fix now
`az network firewall update --resource-group GROUP --name FIREWALL --threat-intel-mode Deny`; with a policy `az network firewall policy
update --resource-group GROUP --name POLICY --threat-intel-mode Deny`.

## Workaround
Rules that deny what the log names: `AZFWThreatIntel | summarize count() by Fqdn, DestinationIp`.

## Prevent
The mode in the module for firewalls; exceptions in `threat_intelligence_allowlist`.

## Validate
`curl http://testmaliciousdomain.eastus.cloudapp.azure.com` from inside is refused.

## Bad
```hcl
resource "azurerm_firewall" "hub" { # finding
  name                = "hub"
  resource_group_name = "network"
  location            = "westeurope"
  sku_name            = "AZFW_VNet"
  sku_tier            = "Standard"
}
```

```hcl
resource "azurerm_firewall" "hub" {
  name                = "hub"
  resource_group_name = "network"
  location            = "westeurope"
  sku_name            = "AZFW_VNet"
  sku_tier            = "Standard"
  threat_intel_mode   = "Alert" # finding
}
```

## Good
```hcl
resource "azurerm_firewall" "hub" {
  name                = "hub"
  resource_group_name = "network"
  location            = "westeurope"
  sku_name            = "AZFW_VNet"
  sku_tier            = "Standard"
  threat_intel_mode   = "Deny"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule
from auditor.views.decide import given


@rule(
    target="azurerm_firewall",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_216",
)
def check(firewall: Node, graph: Graph) -> Iterator[Fail]:
    mode = firewall.at("threat_intel_mode")
    policy = firewall.at("firewall_policy_id")
    if given(policy):
        found = graph.targets(policy, "azurerm_firewall_policy")
        if not found:
            return
        mode = found[0].body.at("threat_intelligence_mode")
    if mode.text != "Deny":
        yield Fail(policy if given(policy) else mode, "traffic of known attackers only raises an alert", expected="Deny")
