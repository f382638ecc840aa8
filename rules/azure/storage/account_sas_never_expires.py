"""The shared access signatures of a storage account may last for ever.

## Why it matters
A signature with an expiry in the year 2099 is a key that cannot be revoked without renewing the account's keys, which breaks all others.
The account can have an upper limit that warns or blocks.

## Five whys
1. Why does a link from an old mail still open the folder? Its signature never expires.
2. Why was that possible? The account sets no limit.
3. Why? `sas_policy` is not written, and whoever signs chooses the expiry.

## Fix now
`az storage account update --name ACCOUNT --resource-group GROUP --sas-expiration-period 7.00:00:00`; renew the account's keys to end the
signatures that are out.

## Workaround
Hand out user delegation signatures only, which end after seven days at most and with the user's rights.

## Prevent
`sas_policy` in the module; better, `shared_access_key_enabled = false`, then there are no account signatures.

## Validate
`az storage account show --name ACCOUNT --query sasPolicy` prints the period.

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
  sas_policy {
    expiration_period = "07.00:00:00"
  }
}
```

```hcl
resource "azurerm_storage_account" "media" {
  name                      = "contosomedia"
  resource_group_name       = "media"
  location                  = "westeurope"
  account_tier              = "Standard"
  account_replication_type  = "ZRS"
  shared_access_key_enabled = false
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_storage_account",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_41",
)
def check(account: Node) -> Iterator[Fail]:
    if account.at("shared_access_key_enabled").flag is False:
        return
    period = account.at("sas_policy.expiration_period")
    if period.missing or period.text == "":
        yield Fail(period, "signatures of the account may last for ever", expected="sas_policy with an expiration_period")
