"""A storage account that has queues does not log their requests.

## Why it matters
A consumer that deletes messages unread looks like a producer that never sent them. With reads, writes and deletions in the log the
difference is one query; without, both teams search for days.

## Five whys
1. Why did the orders of the morning get lost? They were taken out of the queue by somebody.
2. Why do we not know by whom? The queue service of the account logs nothing.
3. Why? The queue was added to an account that was made for blobs.

## Fix now
`az storage logging update --account-name ACCOUNT --services q --log rwd --retention 30`.

## Workaround
`az monitor diagnostic-settings create --name queue --resource ACCOUNT_ID/queueServices/default --workspace WORKSPACE --logs
'[{"categoryGroup":"audit","enabled":true}]'`.

## Prevent
Declare the logging in the same module as the queue.

## Validate
`az storage logging show --account-name ACCOUNT --services q`; after a test message `$logs` holds a new blob.

## Bad
```hcl
resource "azurerm_storage_account" "media" { # finding
  name                     = "contosomedia"
  resource_group_name      = "media"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}

resource "azurerm_storage_queue" "orders" {
  name                 = "orders"
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
  queue_properties {
    logging {
      version = "1.0"
      read    = true
      write   = true
      delete  = true
    }
  }
}

resource "azurerm_storage_queue" "orders" {
  name                 = "orders"
  storage_account_name = azurerm_storage_account.media.name
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.azure.storage_account import logs_everything, of_account, queue_logging


@rule(
    target="azurerm_storage_account",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_33 AVD-AZU-0057 AVD-AZU-0009 azure-storage-storage-account-logging-enabled "
    "azure-storage-queue-services-logging-enabled",
)
def check(account: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not of_account(resource, graph, "azurerm_storage_queue"):
        return
    if not any(logs_everything(logging) for logging in queue_logging(resource, graph)):
        yield Fail(account, "requests to the account's queues are not logged", expected="read, write and delete")
