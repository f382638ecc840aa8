"""A virtual machine does not say that its system disk is managed.

## Why it matters
A disk without `managed_disk_type` or `managed_disk_id` may be a file in a storage account, which is retired, has no snapshots or roles,
and is read by who has the account's key.

## Five whys
1. Why was the restore so slow? The disk was a file among many in one account.
2. Why? It is not a managed disk.
3. Why? The code names neither a type nor a disk.

## Fix now
`az vm deallocate`, then `az vm convert --resource-group GROUP --name VM`, then `az vm start`; write `managed_disk_type`.

## Workaround
Find such machines first: `az vm list --query "[?storageProfile.osDisk.managedDisk==null].name"`.

## Prevent
The newer `azurerm_linux_virtual_machine` knows managed disks only.

## Validate
The same list prints `[]`.

## Bad
```hcl
resource "azurerm_virtual_machine" "worker" {
  name                = "worker"
  resource_group_name = "shop"
  location            = "westeurope"
  vm_size             = "Standard_D2s_v3"
  storage_os_disk { # finding
    name          = "os"
    create_option = "FromImage"
  }
}
```

## Good
```hcl
resource "azurerm_virtual_machine" "worker" {
  name                = "worker"
  resource_group_name = "shop"
  location            = "westeurope"
  vm_size             = "Standard_D2s_v3"
  storage_os_disk {
    name              = "os"
    create_option     = "FromImage"
    managed_disk_type = "Premium_LRS"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.decide import given


@rule(
    target="azurerm_virtual_machine",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_9",
)
def check(machine: Node) -> Iterator[Fail]:
    disk = machine.at("storage_os_disk")
    if disk.missing:
        return
    if not any(given(disk.at(name)) for name in ("vhd_uri", "managed_disk_type", "managed_disk_id")):
        yield Fail(disk, "the system disk is no managed disk", expected="managed_disk_type or managed_disk_id")
