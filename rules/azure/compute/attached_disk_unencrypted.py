"""A machine's disk is not encrypted with a key of yours, nor inside of it.

## Why it matters
A detached or copied disk is read by whoever may mount it. With an encryption set or encryption inside of the machine the copy is
worthless without the key.

## Five whys
1. Why could a copy of the disk be read elsewhere? Nothing but the platform's own key protects it.
2. Why? The disk has neither an encryption set nor encryption settings that are on.
3. Why? The disk and the machine come from different modules, and each relied on the other.

## Fix now
`az disk update --resource-group GROUP --name DISK --encryption-type EncryptionAtRestWithCustomerKey --disk-encryption-set DES_ID` with
the machine stopped.

## Workaround
`az disk update --resource-group GROUP --name DISK --network-access-policy DenyAll` stops the download of copies.

## Prevent
An encryption set as a required variable of the module for disks.

## Validate
`az disk show --resource-group GROUP --name DISK --query encryption.type` prints `EncryptionAtRestWithCustomerKey`.

## Bad
```hcl
resource "azurerm_managed_disk" "data" {
  name                 = "data"
  resource_group_name  = "shop"
  location             = "westeurope"
  storage_account_type = "Premium_LRS"
  create_option        = "Empty"
  disk_size_gb         = 64
}

resource "azurerm_virtual_machine" "worker" {
  name                = "worker"
  resource_group_name = "shop"
  location            = "westeurope"
  vm_size             = "Standard_D2s_v3"
  storage_os_disk {
    name            = "os"
    create_option   = "Attach"
    managed_disk_id = azurerm_managed_disk.data.id # finding
  }
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

resource "azurerm_virtual_machine" "worker" {
  name                = "worker"
  resource_group_name = "shop"
  location            = "westeurope"
  vm_size             = "Standard_D2s_v3"
  storage_os_disk {
    name            = "os"
    create_option   = "Attach"
    managed_disk_id = azurerm_managed_disk.data.id
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule
from auditor.views.decide import given

_PLACES = ("storage_os_disk.managed_disk_id", "storage_os_disk.managed_disk_type", "storage_data_disk.managed_disk_id")


@rule(
    target="azurerm_virtual_machine",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_14",
)
def check(machine: Node, graph: Graph) -> Iterator[Fail]:
    for path in _PLACES:
        for used in machine.each(path):
            for disk in graph.targets(used, "azurerm_managed_disk"):
                if not _encrypted(disk.body):
                    yield Fail(used, "the disk has no encryption of your own", expected="a disk encryption set", actual=disk.address.text)


def _encrypted(disk: Node) -> bool:
    settings = disk.at("encryption_settings")
    return given(disk.at("disk_encryption_set_id")) or (settings.present and settings.at("enabled").flag is not False)
