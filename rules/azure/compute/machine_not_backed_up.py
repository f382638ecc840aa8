"""A virtual machine is not backed up.

## Why it matters
A broken update, a deleted disk or ransomware ends a machine in a minute. Without a recovery point all that was on it since its creation
is gone.

## Five whys
1. Why must the server be built from memory? There is no backup of it.
2. Why? No backup item names it.
3. Why? The vault is another team's, and the machine was only a test at first.

## Fix now
`az backup protection enable-for-vm --resource-group GROUP --vault-name VAULT --vm VM --policy-name DefaultPolicy`, then `az backup
protection backup-now`.

## Workaround
A snapshot of each disk now: `az snapshot create --resource-group GROUP --name SNAP --source DISK`.

## Prevent
The policy `Configure backup on virtual machines` with DeployIfNotExists; machines without state carry a tag that exempts them.

## Validate
`az backup item list --resource-group GROUP --vault-name VAULT --query "[].[properties.friendlyName, properties.lastBackupStatus]"`.

## Bad
```hcl
resource "azurerm_virtual_machine" "worker" { # finding
  name                = "worker"
  resource_group_name = "shop"
  location            = "westeurope"
  vm_size             = "Standard_D2s_v3"
}
```

## Good
```hcl
resource "azurerm_virtual_machine" "worker" {
  name                = "worker"
  resource_group_name = "shop"
  location            = "westeurope"
  vm_size             = "Standard_D2s_v3"
}

resource "azurerm_backup_protected_vm" "worker" {
  resource_group_name = "shop"
  recovery_vault_name = "shop"
  source_vm_id        = azurerm_virtual_machine.worker.id
  backup_policy_id    = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.RecoveryServices/vaults/shop/backupPolicies/daily"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(
    target="azurerm_virtual_machine azurerm_linux_virtual_machine azurerm_windows_virtual_machine",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_12",
)
def check(machine: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not graph.attached(resource, "source_vm_id", "azurerm_backup_protected_vm"):
        yield Fail(machine, "nothing backs the machine up", expected="an azurerm_backup_protected_vm")
