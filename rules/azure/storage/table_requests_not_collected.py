"""Reads of a storage table are not collected for analysis.

## Why it matters
Who reads a table leaves no trace that anybody can query. After a key has leaked, the question how much was taken has no answer.

## Five whys
1. Why can we not say whether the stranger read the customer table? Nobody collected its requests.
2. Why? No storage insights read the account's tables.
3. Why? Collection is a resource of its own, and it lists tables by name.

## Fix now
List the tables in the `azurerm_log_analytics_storage_insights` of the account, or `az monitor diagnostic-settings create --name reads
--resource ACCOUNT_ID/tableServices/default --workspace WORKSPACE --logs '[{"category":"StorageRead","enabled":true}]'`.

## Workaround
`az storage logging update --account-name ACCOUNT --services t --log r --retention 90` keeps the classic log in `$logs`.

## Prevent
Declare the collection in the module that makes the account.

## Validate
`StorageTableLogs | where OperationName == "QueryEntity" | take 1` in the workspace finds a row.

## Bad
```hcl
resource "azurerm_storage_account" "media" {
  name                     = "contosomedia"
  resource_group_name      = "media"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}

resource "azurerm_storage_table" "customers" { # finding
  name                 = "customers"
  storage_account_name = azurerm_storage_account.media.name
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

resource "azurerm_storage_table" "customers" {
  name                 = "customers"
  storage_account_name = azurerm_storage_account.media.name
}

resource "azurerm_log_analytics_storage_insights" "media" {
  name                = "media"
  resource_group_name = "media"
  workspace_id        = "/subscriptions/0/resourceGroups/logs/providers/Microsoft.OperationalInsights/workspaces/logs"
  storage_account_id  = azurerm_storage_account.media.id
  storage_account_key = azurerm_storage_account.media.primary_access_key
  table_names         = ["customers"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule
from auditor.views.azure.storage_account import collected


@rule(
    target="azurerm_storage_table",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_20",
)
def check(table: Node, graph: Graph) -> Iterator[Fail]:
    if not collected(table, graph, "table_names"):
        yield Fail(table, "nobody collects the table's requests", expected="storage insights with table_names")
