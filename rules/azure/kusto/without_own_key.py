"""A Data Explorer cluster is encrypted with a key of Microsoft.

## Why it matters
The data is encrypted either way. With a key of your own its use is logged and can be ended; some contracts ask for it.

## Five whys
1. Why could the telemetry of the customer not be made unreadable? The key is not ours.
2. Why? No customer managed key names the cluster.
3. Why? It is a resource of its own, with a vault and rights.

## Fix now
`az kusto cluster update --name CLUSTER --resource-group GROUP --key-vault-properties key-name=KEY key-vault-uri=URI key-version=VERSION`.

## Workaround
None is needed where no rule asks for it.

## Prevent
`azurerm_kusto_cluster_customer_managed_key` in the module for regulated data.

## Validate
`az kusto cluster show --name CLUSTER --resource-group GROUP --query keyVaultProperties` prints the key.

## Bad
```hcl
resource "azurerm_kusto_cluster" "telemetry" { # finding
  name                = "contosotelemetry"
  resource_group_name = "plant"
  location            = "westeurope"
  sku {
    name     = "Standard_E8ads_v5"
    capacity = 2
  }
}
```

## Good
```hcl
resource "azurerm_kusto_cluster" "telemetry" {
  name                = "contosotelemetry"
  resource_group_name = "plant"
  location            = "westeurope"
  sku {
    name     = "Standard_E8ads_v5"
    capacity = 2
  }
}

resource "azurerm_kusto_cluster_customer_managed_key" "telemetry" {
  cluster_id   = azurerm_kusto_cluster.telemetry.id
  key_vault_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/plant"
  key_name     = "telemetry"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(
    target="azurerm_kusto_cluster",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_11",
)
def check(cluster: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not graph.attached(resource, "cluster_id", "azurerm_kusto_cluster_customer_managed_key"):
        yield Fail(cluster, "the cluster's key belongs to Microsoft", expected="a customer managed key")
