"""A container of an account that the activity log watches is public.

## Why it matters
An alert of the activity log names this account, so somebody holds it to be important: often it keeps the log itself. Everybody can read
its container: who did what in the subscription, from which address, on which resource.

## Five whys
1. Why did the intruder know our administrators and their habits? He read the activity log.
2. Why could he? It lies in a container with anonymous access.
3. Why did the alert not ring? It watches changes of the account, not reads of its blobs.

## Fix now
`az storage container set-permission --name CONTAINER --account-name ACCOUNT --public-access off --auth-mode login`, and look in
`StorageBlobLogs` for anonymous reads.

## Workaround
Send the activity log to a Log Analytics workspace (`az monitor diagnostic-settings subscription create`), which cannot be public.

## Prevent
`allow_nested_items_to_be_public = false` on every account that holds logs.

## Validate
`az storage container show --name CONTAINER --account-name ACCOUNT --auth-mode login --query properties.publicAccess` prints nothing.

## Bad
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
  container_access_type = "blob" # finding
}

resource "azurerm_monitor_activity_log_alert" "changed" {
  name                = "account-changed"
  resource_group_name = "media"
  location            = "global"
  scopes              = ["/subscriptions/00000000-0000-0000-0000-000000000000"]
  criteria {
    resource_id    = azurerm_storage_account.media.id
    operation_name = "Microsoft.Storage/storageAccounts/write"
    category       = "Administrative"
  }
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
  container_access_type = "private"
}

resource "azurerm_monitor_activity_log_alert" "changed" {
  name                = "account-changed"
  resource_group_name = "media"
  location            = "global"
  scopes              = ["/subscriptions/00000000-0000-0000-0000-000000000000"]
  criteria {
    resource_id    = azurerm_storage_account.media.id
    operation_name = "Microsoft.Storage/storageAccounts/write"
    category       = "Administrative"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule


@rule(
    target="azurerm_storage_container",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_8",
)
def check(container: Node, graph: Graph) -> Iterator[Fail]:
    access = container.at("container_access_type")
    if access.missing or access.text == "private":
        return
    for path in ("storage_account_name", "storage_account_id"):
        for account in graph.targets(container.at(path), "azurerm_storage_account"):
            alerts = graph.attached(account, "criteria.resource_id", "azurerm_monitor_activity_log_alert")
            if any(alert.body.at("enabled").flag is not False for alert in alerts):
                yield Fail(access, "everybody can read the container of an account that the activity log watches", expected="private")
