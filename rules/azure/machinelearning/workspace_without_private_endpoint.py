"""A machine learning workspace has no private endpoint.

## Why it matters
Compute in your network reaches the workspace over the internet, so it has to stay public, and the outbound firewall needs holes for it.

## Five whys
1. Why can public access not be switched off? Our own compute comes that way.
2. Why? There is no private way to the workspace.
3. Why? It needs a subnet and two DNS zones.

## Fix now
`az network private-endpoint create --name ml --resource-group GROUP --subnet SUBNET --private-connection-resource-id WORKSPACE_ID
--group-id amlworkspace --connection-name ml`, zones `privatelink.api.azureml.ms` and `privatelink.notebooks.azure.net`.

## Workaround
A managed network of the workspace for its compute (`managed_network`).

## Prevent
Workspace and endpoint in one module.

## Validate
From inside, `nslookup WORKSPACE.workspace.REGION.api.azureml.ms` answers with a private address.

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
  name                    = "forecast"
  resource_group_name     = "science"
  location                = "westeurope"
  application_insights_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Insights/components/forecast"
  key_vault_id            = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/forecast"
  storage_account_id      = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Storage/storageAccounts/forecast"
}

resource "azurerm_private_endpoint" "forecast" {
  name                = "forecast"
  resource_group_name = "science"
  location            = "westeurope"
  subnet_id           = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Network/virtualNetworks/science/subnets/data"
  private_service_connection {
    name                           = "forecast"
    private_connection_resource_id = azurerm_machine_learning_workspace.forecast.id
    subresource_names              = ["amlworkspace"]
    is_manual_connection           = false
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.azure.private_endpoint import private_endpoints


@rule(
    target="azurerm_machine_learning_workspace",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="CKV_AZURE_243",
)
def check(workspace: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not private_endpoints(resource, graph):
        yield Fail(workspace, "the workspace can only be reached through its public address", expected="a private endpoint")
