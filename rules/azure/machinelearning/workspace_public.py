"""A machine learning workspace has an address on the internet.

## Why it matters
Notebooks, models and the keys of all attached stores are behind one login. From the internet a stolen token is enough to start a machine
next to the data.

## Five whys
1. Why could a token be used from abroad? The workspace answers on the internet.
2. Why? Public access is on unless it is switched off.
3. Why? The scientists work from everywhere.

## Fix now
A private endpoint (`--group-id amlworkspace`), then `az ml workspace update --name WORKSPACE --resource-group GROUP
--public-network-access Disabled`.

## Workaround
`az ml workspace update --set ip_allowlist=...` with the company's ranges.

## Prevent
Workspace, endpoint and a VPN for the scientists; the policy `Azure Machine Learning Workspaces should disable public network access`.

## Validate
`az ml workspace show --name WORKSPACE --resource-group GROUP --query public_network_access` prints `Disabled`.

## Bad
```hcl
resource "azurerm_machine_learning_workspace" "forecast" { # finding
  name                    = "forecast"
  resource_group_name     = "science"
  location                = "westeurope"
  application_insights_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Insights/components/forecast"
  key_vault_id            = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/forecast"
  storage_account_id      = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Storage/storageAccounts/forecast"
}
```

## Good
```hcl
resource "azurerm_machine_learning_workspace" "forecast" {
  name                          = "forecast"
  resource_group_name           = "science"
  location                      = "westeurope"
  application_insights_id       = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Insights/components/forecast"
  key_vault_id                  = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/forecast"
  storage_account_id            = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Storage/storageAccounts/forecast"
  public_network_access_enabled = false
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_machine_learning_workspace",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_144",
)
def check(workspace: Node) -> Iterator[Fail]:
    access = workspace.at("public_network_access_enabled")
    if access.missing:
        yield Fail(access, "the workspace can be reached from the internet", expected="false", actual="not set, which means true")
