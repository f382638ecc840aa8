"""A storage account is encrypted with a key of Microsoft, not of your own.

## Why it matters
The data is encrypted either way. With a key of your own vault you can end all access by disabling one key, and show the auditor who used
it; a contract may ask for exactly that.

## Five whys
1. Why could we not prove that the deleted tenant's data is unreadable? Its key is not ours to destroy.
2. Why? The account uses the keys of the platform.
3. Why? They need no vault, no identity and no rotation.

## Fix now
Give the account an identity with `get`, `wrapKey` and `unwrapKey` on the vault, then `az storage account update --name ACCOUNT
--resource-group GROUP --encryption-key-source Microsoft.Keyvault --encryption-key-vault VAULT_URI --encryption-key-name KEY`.

## Workaround
None is needed where no rule asks for it: the platform's encryption is the same AES-256.

## Prevent
The module takes a key for accounts that hold classified data. Protect the vault against deletion first: without the key the data is gone.

## Validate
`az storage account show --name ACCOUNT --query encryption.keySource` prints `Microsoft.Keyvault`.

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

## Good
```hcl
resource "azurerm_storage_account" "media" {
  name                     = "contosomedia"
  resource_group_name      = "media"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
  customer_managed_key {
    key_vault_key_id          = "https://contoso.vault.azure.net/keys/media"
    user_assigned_identity_id = "/subscriptions/0/resourceGroups/media/providers/Microsoft.ManagedIdentity/userAssignedIdentities/media"
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

resource "azurerm_storage_account_customer_managed_key" "media" {
  storage_account_id = azurerm_storage_account.media.id
  key_vault_id       = "/subscriptions/0/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/contoso"
  key_name           = "media"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(
    target="azurerm_storage_account",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_1 AVD-AZU-0060 azure-storage-blob-container-cmk-encrypted",
)
def check(account: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if account.at("customer_managed_key").present:
        return
    if not graph.attached(resource, "storage_account_id", "azurerm_storage_account_customer_managed_key"):
        yield Fail(account, "the account's key belongs to Microsoft", expected="a customer managed key")
