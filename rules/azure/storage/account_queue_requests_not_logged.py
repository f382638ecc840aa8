"""Requests to queues of a storage account would not be logged.

## Why it matters
Queues carry orders and commands. When messages vanish or appear that nobody sent, the log of the queue service is the only record of who
read, wrote or deleted them, and it cannot be made afterwards.

## Five whys
1. Why can we not say who emptied the queue? Its requests are not logged.
2. Why? The account has no `logging` block with read, write and delete.
3. Why? Logging is off for the queue service until somebody switches it on.

## Fix now
`az storage logging update --account-name ACCOUNT --services q --log rwd --retention 90`.

## Workaround
A diagnostic setting on `ACCOUNT/queueServices/default` with StorageRead, StorageWrite and StorageDelete into Log Analytics, which can be
queried.

## Prevent
`azurerm_storage_account_queue_properties` (or the `queue_properties` block before azurerm 4) in the module.

## Validate
`az storage logging show --account-name ACCOUNT --services q` shows `read`, `write` and `delete` as true.

## Bad
```hcl
resource "azurerm_storage_account" "media" { # finding
  name                     = "contosomedia"
  resource_group_name      = "media"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}
```

```hcl
resource "azurerm_storage_account" "media" {
  name                     = "contosomedia"
  resource_group_name      = "media"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
  queue_properties {
    logging { # finding
      version = "1.0"
      read    = false
      write   = true
      delete  = true
    }
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
  queue_properties {
    logging {
      version               = "1.0"
      read                  = true
      write                 = true
      delete                = true
      retention_policy_days = 90
    }
  }
}
```

```hcl
resource "azurerm_storage_account" "media" {
  name                     = "contosomedia"
  resource_group_name      = "media"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}

resource "azurerm_storage_account_queue_properties" "media" {
  storage_account_id = azurerm_storage_account.media.id
  logging {
    version = "1.0"
    read    = true
    write   = true
    delete  = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.azure.storage_account import WITHOUT_QUEUES, logs_everything, of_account, queue_logging


@rule(
    target="azurerm_storage_account",
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_33 AVD-AZU-0057 azure-storage-storage-account-logging-enabled",
)
def check(account: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if account.at("account_kind").text in WITHOUT_QUEUES:
        return
    if of_account(resource, graph, "azurerm_storage_queue"):
        return  # a rule of its own judges accounts with queues
    blocks = list(queue_logging(resource, graph))
    for logging in blocks:
        if not logs_everything(logging):
            yield Fail(logging, "not every request to the queues is logged", expected="read, write and delete")
    if not blocks:
        yield Fail(account, "requests to the queues are not logged", expected="a logging block")
