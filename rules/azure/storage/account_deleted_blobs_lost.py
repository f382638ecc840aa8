"""What is deleted in a storage account is gone at once.

## Why it matters
A wrong lifecycle rule, a script with the wrong prefix or an intruder with a key deletes a million blobs in minutes. With soft delete they
can be brought back; without, replication only repeats the deletion.

## Five whys
1. Why could the deleted documents not be brought back? The account keeps nothing that is deleted.
2. Why? It has no retention of deleted items.
3. Why? It is a block of its own that the first version of the module did not have.

## Fix now
`az storage account blob-service-properties update --account-name ACCOUNT --resource-group GROUP --enable-delete-retention true
--delete-retention-days 14`; for shares `az storage account file-service-properties update --enable-delete-retention true
--delete-retention-days 14`.

## Workaround
A backup vault for blobs with operational backup, or object replication into an account that nobody may delete in.

## Prevent
`delete_retention_policy` and `container_delete_retention_policy` in the module for storage accounts.

## Validate
Delete a test blob, then `az storage blob undelete --container-name C --name B --account-name ACCOUNT --auth-mode login` brings it back.

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
  blob_properties {
    delete_retention_policy {
      days = 0 # finding
    }
  }
}
```

```hcl
resource "azurerm_storage_account" "media" { # finding
  name                     = "contosomedia"
  resource_group_name      = "media"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
  account_kind             = "FileStorage"
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
  blob_properties {
    delete_retention_policy {
      days = 14
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
  account_kind             = "FileStorage"
  share_properties {
    retention_policy {
      days = 14
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_storage_account",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV2_AZURE_38 AVD-AZU-0056 azure-storage-blobs-soft-deletion-enabled",
)
def check(account: Node) -> Iterator[Fail]:
    files = account.at("account_kind").text == "FileStorage"
    policy = account.at("share_properties.retention_policy" if files else "blob_properties.delete_retention_policy")
    if policy.missing:
        yield Fail(policy, "what is deleted is gone at once", expected="a retention of deleted items")
    elif policy.at("days").number == 0:
        yield Fail(policy.at("days"), "what is deleted is gone at once", expected="at least 7 days")
