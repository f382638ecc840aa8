"""The root storage of a Databricks workspace uses a key of Microsoft.

## Why it matters
Results, libraries and tables without a place of their own lie in the root storage. Its encryption is there either way; a key of your own
is for contracts that ask for it.

## Five whys
1. Why can the customer's tables not be made unreadable? Their key is not ours.
2. Why? The root storage has no key of our own.
3. Why? It needs the premium tier, a vault and two steps.

## Fix now
`az databricks workspace update --name WORKSPACE --resource-group GROUP --prepare-encryption`, rights for the storage identity on the
vault, then `--key-source Microsoft.KeyVault --key-name KEY --key-vault URI`.

## Workaround
Keep tables in an external location whose storage account has your key.

## Prevent
Both resources in the module for regulated data.

## Validate
`az databricks workspace show --name WORKSPACE --resource-group GROUP --query parameters.encryption.value.keySource` prints
`Microsoft.Keyvault`.

## Bad
```hcl
resource "azurerm_databricks_workspace" "science" { # finding
  name                = "science"
  resource_group_name = "science"
  location            = "westeurope"
  sku                 = "premium"
}
```

## Good
```hcl
resource "azurerm_databricks_workspace" "science" {
  name                         = "science"
  resource_group_name          = "science"
  location                     = "westeurope"
  sku                          = "premium"
  customer_managed_key_enabled = true
}

resource "azurerm_databricks_workspace_root_dbfs_customer_managed_key" "science" {
  workspace_id     = azurerm_databricks_workspace.science.id
  key_vault_key_id = "https://contoso.vault.azure.net/keys/science"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule

_KEYS = ("azurerm_databricks_workspace_root_dbfs_customer_managed_key", "azurerm_databricks_workspace_customer_managed_key")


@rule(
    target="azurerm_databricks_workspace",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_48",
)
def check(workspace: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if workspace.at("customer_managed_key_enabled").flag is not True:
        yield Fail(workspace.at("customer_managed_key_enabled"), "the root storage uses a key of Microsoft", expected="true")
    elif not graph.attached(resource, "workspace_id", *_KEYS):
        yield Fail(workspace, "no key is given to the root storage", expected="a customer managed key for the root storage")
