"""A storage account lets local users in, beside Microsoft Entra ID.

## Why it matters
Local users of SFTP log in with a password or a key that the account itself keeps: no second factor, no conditional access, no sign-in
log, and they stay when the person leaves.

## Five whys
1. Why could a former supplier still upload files? His local user was never deleted.
2. Why did nobody see it? Local users are in no directory.
3. Why do they exist? SFTP needs them, and they are on unless the account says otherwise.

## Fix now
List them with `az storage account local-user list --account-name ACCOUNT --resource-group GROUP`, delete what nobody needs, then `az
storage account update --name ACCOUNT --resource-group GROUP --enable-local-user false`.

## Workaround
Where SFTP is a must: keys instead of passwords (`--has-ssh-password false`), one user for each partner with one home directory, and a
firewall with the partner's addresses.

## Prevent
`local_user_enabled = false` in the module; an account of its own for SFTP.

## Validate
`az storage account show --name ACCOUNT --query isLocalUserEnabled` prints `false`.

## Bad
```hcl
resource "azurerm_storage_account" "media" {
  name                     = "contosomedia"
  resource_group_name      = "media"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
  local_user_enabled       = true # finding
}
```

```hcl
resource "azurerm_storage_account" "media" { # finding
  name                     = "contosomedia"
  resource_group_name      = "media"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
  is_hns_enabled           = true
  sftp_enabled             = true
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
  local_user_enabled       = false
}
```

```hcl
resource "azurerm_storage_account" "media" {
  name                     = "contosomedia"
  resource_group_name      = "media"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
  is_hns_enabled           = true
  sftp_enabled             = true
  local_user_enabled       = false
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_storage_account",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_244",
)
def check(account: Node) -> Iterator[Fail]:
    users = account.at("local_user_enabled")
    file_server = any(account.at(name).flag is True for name in ("sftp_enabled", "is_hns_enabled"))
    if users.flag is True or (users.missing and file_server):
        yield Fail(users, "users that no directory knows can log in", expected="local_user_enabled = false")
