"""The nodes of a Kubernetes cluster have addresses on the internet.

## Why it matters
The kubelet, node ports and SSH of every node stand on the internet, with one security group between. Each new node is a new target that
nobody announced.

## Five whys
1. Why do logins from abroad stand in the node's log? It has a public address.
2. Why? The pool gives one to every node.
3. Why? A game server needed it, and the pool is shared.

## Fix now
The setting is fixed for a pool: `az aks nodepool add` without `--enable-node-public-ip`, drain the old pool, `az aks nodepool delete`.

## Workaround
A rule in the node's security group that denies all from the internet but the one port.

## Prevent
Load balancers and ingress for the way in, a NAT gateway for the way out.

## Validate
`kubectl get nodes -o wide` shows `<none>` in EXTERNAL-IP.

## Bad
```hcl
resource "azurerm_kubernetes_cluster" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  dns_prefix          = "shop"
  default_node_pool {
    name                   = "system"
    vm_size                = "Standard_D4s_v5"
    node_public_ip_enabled = true # finding
  }
}
```

```hcl
resource "azurerm_kubernetes_cluster_node_pool" "jobs" {
  name                  = "jobs"
  kubernetes_cluster_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.ContainerService/managedClusters/shop"
  vm_size               = "Standard_D4s_v5"
  enable_node_public_ip = true # finding
}
```

## Good
```hcl
resource "azurerm_kubernetes_cluster" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  dns_prefix          = "shop"
  default_node_pool {
    name                   = "system"
    vm_size                = "Standard_D4s_v5"
    node_public_ip_enabled = false
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.azure.node_pool import pool_of


@rule(
    target="azurerm_kubernetes_cluster azurerm_kubernetes_cluster_node_pool",
    severity=Severity.MEDIUM,
    aliases="CKV_AZURE_143",
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    pool = pool_of(resource)
    for name in ("node_public_ip_enabled", "enable_node_public_ip"):
        if pool.at(name).flag is True:
            yield Fail(pool.at(name), "every node has a public address", expected="false")
