"""Temporary disks and caches of Kubernetes nodes are not encrypted.

## Why it matters
Container layers, `emptyDir` volumes and swap lie on the node's temporary disk and cache. Unless the host encrypts, they are stored in the
clear.

## Five whys
1. Why does the audit list the nodes? Parts of their data are unencrypted.
2. Why? Encryption at host is off.
3. Why? It needs a feature of the subscription and is fixed for a pool.

## Fix now
`az feature register --namespace Microsoft.Compute --name EncryptionAtHost`, then `az aks nodepool add --enable-encryption-at-host`, drain
the old pool, delete it.

## Workaround
`emptyDir.medium: Memory` for the volumes that hold secrets.

## Prevent
On in the module for all pools.

## Validate
`az aks nodepool list --cluster-name CLUSTER --resource-group GROUP --query "[].[name, enableEncryptionAtHost]"` prints `true`.

## Bad
```hcl
resource "azurerm_kubernetes_cluster_node_pool" "jobs" { # finding
  name                  = "jobs"
  kubernetes_cluster_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.ContainerService/managedClusters/shop"
  vm_size               = "Standard_D4s_v5"
}
```

```hcl
resource "azurerm_kubernetes_cluster" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  dns_prefix          = "shop"
  default_node_pool {
    name                   = "system"
    vm_size                = "Standard_D4s_v5"
    enable_host_encryption = false # finding
  }
}
```

## Good
```hcl
resource "azurerm_kubernetes_cluster_node_pool" "jobs" {
  name                    = "jobs"
  kubernetes_cluster_id   = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.ContainerService/managedClusters/shop"
  vm_size                 = "Standard_D4s_v5"
  host_encryption_enabled = true
}
```

```hcl
resource "azurerm_kubernetes_cluster" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  dns_prefix          = "shop"
  default_node_pool {
    name                   = "system"
    vm_size                = "Standard_D4s_v5"
    enable_host_encryption = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.azure.node_pool import pool_of


@rule(
    target="azurerm_kubernetes_cluster azurerm_kubernetes_cluster_node_pool",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_227",
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    pool = pool_of(resource)
    new, old = pool.at("host_encryption_enabled"), pool.at("enable_host_encryption")
    if new.flag is not True and old.flag is not True:
        yield Fail(old if old.present else new, "the hosts of the nodes do not encrypt", expected="host_encryption_enabled = true")
