"""A managed disk is encrypted with a key of Microsoft, not of your own.

## Why it matters
The disk is encrypted either way. A disk encryption set uses a key of your vault: its use is logged, and disabling it ends all access,
also to copies.

## Five whys
1. Why does the disk not meet the contract? It demands keys of our own.
2. Why? The disk has no encryption set.
3. Why? It needs a vault, a set and an identity.

## Fix now
`az disk-encryption-set create --name des --resource-group GROUP --key-url KEY_URL --enable-auto-key-rotation true`, then with the machine
stopped `az disk update --resource-group GROUP --name DISK --encryption-type EncryptionAtRestWithCustomerKey --disk-encryption-set
DES_ID`.

## Workaround
None is needed where no rule asks for it.

## Prevent
One set for each environment, given to the modules as a variable.

## Validate
`az disk show --resource-group GROUP --name DISK --query encryption.diskEncryptionSetId` prints the set.

## Bad
```hcl
resource "azurerm_managed_disk" "data" { # finding
  name                 = "data"
  resource_group_name  = "shop"
  location             = "westeurope"
  storage_account_type = "Premium_LRS"
  create_option        = "Empty"
  disk_size_gb         = 64
}
```

## Good
```hcl
resource "azurerm_managed_disk" "data" {
  name                   = "data"
  resource_group_name    = "shop"
  location               = "westeurope"
  storage_account_type   = "Premium_LRS"
  create_option          = "Empty"
  disk_size_gb           = 64
  disk_encryption_set_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Compute/diskEncryptionSets/shop"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.decide import given


@rule(
    target="azurerm_managed_disk",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="CKV_AZURE_93",
)
def check(disk: Node) -> Iterator[Fail]:
    if not given(disk.at("disk_encryption_set_id")) and not given(disk.at("secure_vm_disk_encryption_set_id")):
        yield Fail(disk, "the disk's key belongs to Microsoft", expected="a disk_encryption_set_id")
