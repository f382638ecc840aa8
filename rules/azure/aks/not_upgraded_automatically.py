"""A Kubernetes cluster is not upgraded by itself.

## Why it matters
Three minor versions a year, and support for the last three: a cluster that waits is out of support within a year, and has to jump through
all versions at once when a hole forces it.

## Five whys
1. Why is there no fix for our version? It is out of support.
2. Why was it not upgraded? Nobody had the day for it.
3. Why by hand? No upgrade channel is chosen.

## Fix now
`az aks update --name CLUSTER --resource-group GROUP --auto-upgrade-channel stable`, with a window: `az aks maintenanceconfiguration add
--name aksManagedAutoUpgradeSchedule --schedule-type Weekly ...`.

## Workaround
The channel `patch` keeps the minor version and takes the fixes.

## Prevent
`automatic_upgrade_channel` and a maintenance window in the module; PodDisruptionBudgets in the workloads.

## Validate
`az aks show --name CLUSTER --resource-group GROUP --query autoUpgradeProfile.upgradeChannel` prints a channel.

## Bad
```hcl
resource "azurerm_kubernetes_cluster" "shop" { # finding
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  dns_prefix          = "shop"
}
```

```hcl
resource "azurerm_kubernetes_cluster" "shop" {
  name                      = "shop"
  resource_group_name       = "shop"
  location                  = "westeurope"
  dns_prefix                = "shop"
  automatic_channel_upgrade = "none" # finding
}
```

## Good
```hcl
resource "azurerm_kubernetes_cluster" "shop" {
  name                      = "shop"
  resource_group_name       = "shop"
  location                  = "westeurope"
  dns_prefix                = "shop"
  automatic_upgrade_channel = "stable"
}
```

```hcl
resource "azurerm_kubernetes_cluster" "shop" {
  name                      = "shop"
  resource_group_name       = "shop"
  location                  = "westeurope"
  dns_prefix                = "shop"
  automatic_channel_upgrade = "patch"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.decide import given


@rule(
    target="azurerm_kubernetes_cluster",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_171",
)
def check(cluster: Node) -> Iterator[Fail]:
    new, old = cluster.at("automatic_upgrade_channel"), cluster.at("automatic_channel_upgrade")
    channel = new if given(new) else old
    if (channel.text or "none").lower() == "none":
        yield Fail(channel, "nobody upgrades the cluster", expected="patch, stable, rapid or node-image")
