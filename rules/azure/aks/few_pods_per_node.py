"""The nodes of a Kubernetes cluster take fewer than 50 pods each.

## Why it matters
With 30 pods, the default of Azure CNI, a node is full long before its CPU is: agents and sidecars take ten of them. You pay for machines
that stand idle.

## Five whys
1. Why are pods pending while the nodes are idle? The nodes have no slot left.
2. Why? `max_pods` is below 50.
3. Why? It is the default, and it is fixed when the pool is made.

## Fix now
`az aks nodepool add --cluster-name CLUSTER --resource-group GROUP --name POOL2 --max-pods 50`, drain the old pool, delete it. Check the
subnet: with flat CNI each slot takes an address.

## Workaround
Fewer, larger pods, or more small nodes.

## Prevent
`max_pods` in the module; Azure CNI Overlay, where 250 is the default.

## Validate
`kubectl get nodes -o custom-columns=N:.metadata.name,P:.status.allocatable.pods` shows 50 or more.

## Bad
```hcl
resource "azurerm_kubernetes_cluster" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  dns_prefix          = "shop"
  default_node_pool { # finding
    name    = "system"
    vm_size = "Standard_D4s_v5"
  }
}
```

```hcl
resource "azurerm_kubernetes_cluster_node_pool" "jobs" {
  name                  = "jobs"
  kubernetes_cluster_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.ContainerService/managedClusters/shop"
  vm_size               = "Standard_D4s_v5"
  max_pods              = 30 # finding
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
    name     = "system"
    vm_size  = "Standard_D4s_v5"
    max_pods = 60
  }
}
```

```hcl
resource "azurerm_kubernetes_cluster_node_pool" "jobs" {
  name                  = "jobs"
  kubernetes_cluster_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.ContainerService/managedClusters/shop"
  vm_size               = "Standard_D4s_v5"
  max_pods              = 60
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.azure.node_pool import pool_of


@rule(
    target="azurerm_kubernetes_cluster azurerm_kubernetes_cluster_node_pool",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="CKV_AZURE_168",
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    limit = pool_of(resource).at("max_pods")
    if limit.missing or (limit.number or 0) < 50:
        yield Fail(limit, "a node takes fewer than 50 pods", expected="50 or more", actual=limit.text or "not set, which means 30")
