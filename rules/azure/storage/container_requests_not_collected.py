"""Reads of a public blob container are not collected for analysis.

## Why it matters
The container is open to readers that do not log in. Only the request log says who they were and what they took, and it does not exist
unless it is collected.

## Five whys
1. Why can we not tell which pictures were scraped? Requests to the container are not collected.
2. Why? The storage insights of the account name no blob containers.
3. Why? They were made for the tables, and containers have a list of their own.

## Fix now
Add `blob_container_names` to the storage insights, or `az monitor diagnostic-settings create --name reads --resource
ACCOUNT_ID/blobServices/default --workspace WORKSPACE --logs '[{"category":"StorageRead","enabled":true}]'`.

## Workaround
`az storage logging update --account-name ACCOUNT --services b --log r --retention 90`, the classic log in `$logs`.

## Prevent
Close the container, and the question of its readers goes away.

## Validate
`StorageBlobLogs | where OperationName == "GetBlob" | take 1` finds a row.

## Bad
```hcl
resource "azurerm_storage_account" "media" {
  name                     = "contosomedia"
  resource_group_name      = "media"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}

resource "azurerm_storage_container" "invoices" { # finding
  name                  = "invoices"
  storage_account_name  = azurerm_storage_account.media.name
  container_access_type = "blob"
}

resource "azurerm_log_analytics_storage_insights" "media" {
  name                = "media"
  resource_group_name = "media"
  workspace_id        = "/subscriptions/0/resourceGroups/logs/providers/Microsoft.OperationalInsights/workspaces/logs"
  storage_account_id  = azurerm_storage_account.media.id
  storage_account_key = azurerm_storage_account.media.primary_access_key
}
```

## Good
```hcl
resource "azurerm_storage_account" "media" {
  name                     = "contosomedia"
  resource_group_name      = "media"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}

resource "azurerm_storage_container" "invoices" {
  name                  = "invoices"
  storage_account_name  = azurerm_storage_account.media.name
  container_access_type = "blob"
}

resource "azurerm_log_analytics_storage_insights" "media" {
  name                 = "media"
  resource_group_name  = "media"
  workspace_id         = "/subscriptions/0/resourceGroups/logs/providers/Microsoft.OperationalInsights/workspaces/logs"
  storage_account_id   = azurerm_storage_account.media.id
  storage_account_key  = azurerm_storage_account.media.primary_access_key
  blob_container_names = ["invoices"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule
from auditor.views.azure.storage_account import collected


@rule(
    target="azurerm_storage_container",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_21",
)
def check(container: Node, graph: Graph) -> Iterator[Fail]:
    access = container.at("container_access_type")
    if access.missing or access.text == "private":
        return
    if not collected(container, graph, "blob_container_names"):
        yield Fail(container, "nobody collects the public container's requests", expected="storage insights with blob_container_names")
