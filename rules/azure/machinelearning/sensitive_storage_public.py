"""The storage of a sensitive machine learning workspace is public.

## Why it matters
The workspace says that its data is of high business impact; the account that holds this data answers the whole internet. One key, which
the workspace keeps, opens it.

## Five whys
1. Why could training data be read from outside? Its storage account is public.
2. Why, the workspace is marked as sensitive? The mark is about diagnostics, not about the storage.
3. Why was the account left open? It came from another module.

## Fix now
`az storage account update --name ACCOUNT --resource-group GROUP --public-network-access Disabled --allow-blob-public-access false`, with
private endpoints for blob and file.

## Workaround
`--default-action Deny` with the subnets of the compute.

## Prevent
Workspace and storage in one module that closes both.

## Validate
`az storage account show --name ACCOUNT --query publicNetworkAccess` prints `Disabled`.

## Bad
```hcl
resource "azurerm_storage_account" "training" { # finding
  name                     = "contosotraining"
  resource_group_name      = "science"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}

resource "azurerm_machine_learning_workspace" "forecast" {
  name                    = "forecast"
  resource_group_name     = "science"
  location                = "westeurope"
  application_insights_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Insights/components/forecast"
  key_vault_id            = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/forecast"
  storage_account_id      = azurerm_storage_account.training.id
  high_business_impact    = true
}
```

## Good
```hcl
resource "azurerm_storage_account" "training" {
  name                          = "contosotraining"
  resource_group_name           = "science"
  location                      = "westeurope"
  account_tier                  = "Standard"
  account_replication_type      = "ZRS"
  public_network_access_enabled = false
}

resource "azurerm_machine_learning_workspace" "forecast" {
  name                    = "forecast"
  resource_group_name     = "science"
  location                = "westeurope"
  application_insights_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Insights/components/forecast"
  key_vault_id            = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/forecast"
  storage_account_id      = azurerm_storage_account.training.id
  high_business_impact    = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.azure.storage_account import network_rules


@rule(
    target="azurerm_storage_account",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_50",
)
def check(account: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if account.at("public_network_access_enabled").flag is False:
        return
    workspaces = graph.attached(resource, "storage_account_id", "azurerm_machine_learning_workspace")
    if not any(workspace.body.at("high_business_impact").flag is True for workspace in workspaces):
        return
    if not any(rules.at("default_action").text == "Deny" for rules in network_rules(resource, graph)):
        yield Fail(account, "sensitive training data lies in a public account", expected="public_network_access_enabled = false")
