"""The containers of a storage account can be made public.

## Why it matters
Whoever may write a container can publish it with one argument or one click; the account is the place where that can be ruled out for all
containers, also those of tomorrow.

## Five whys
1. Why was a backup readable by everybody? Somebody set its container to `blob` for a test.
2. Why was that possible? The account allows anonymous access.
3. Why? `allow_nested_items_to_be_public` is true unless it is written, before azurerm 5.

## Fix now
`az storage account update --name ACCOUNT --resource-group GROUP --allow-blob-public-access false`. It stops every anonymous read at once;
look for them before in `StorageBlobLogs` with `AuthenticationType == "Anonymous"`.

## Workaround
List the containers that are public now and close each: `az storage container list --account-name ACCOUNT --auth-mode login --query
"[?properties.publicAccess].name"`.

## Prevent
The policy `Storage account public access should be disallowed` with the effect Deny.

## Validate
`az storage account show --name ACCOUNT --query allowBlobPublicAccess` prints `false`.

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
  allow_blob_public_access = true # finding
}
```

## Good
```hcl
resource "azurerm_storage_account" "media" {
  name                            = "contosomedia"
  resource_group_name             = "media"
  location                        = "westeurope"
  account_tier                    = "Standard"
  account_replication_type        = "ZRS"
  allow_nested_items_to_be_public = false
}
```

```hcl
terraform {
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 5.0"
    }
  }
}

resource "azurerm_storage_account" "media" {
  name                     = "contosomedia"
  resource_group_name      = "media"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule
from auditor.views.provider import provider_major

_SHUT_BY_DEFAULT = 5


@rule(
    target="azurerm_storage_account",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_190 CKV2_AZURE_47",
)
def check(account: Node, graph: Graph) -> Iterator[Fail]:
    new, old = account.at("allow_nested_items_to_be_public"), account.at("allow_blob_public_access")
    by_default = new.missing and (provider_major(graph, "azurerm") or 0) < _SHUT_BY_DEFAULT
    if new.flag is True or old.flag is True or by_default:
        yield Fail(old if old.present else new, "a container of the account can be made public", expected="false")
