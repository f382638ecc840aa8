"""Nobody collects the logs of a Kubernetes cluster.

## Why it matters
A container's log ends with the container. After a crash or a break-in the pods are gone, and with them the only account of what they did.

## Five whys
1. Why do we not know what the pod did before it vanished? Its log is gone.
2. Why? Nothing carried it out of the cluster.
3. Why? The monitoring add-on is off unless it is written.

## Fix now
`az aks enable-addons --addons monitoring --name CLUSTER --resource-group GROUP --workspace-resource-id WORKSPACE_ID`.

## Workaround
`kubectl logs --previous POD` while the pod is still there.

## Prevent
`oms_agent` in the module; the policy `Azure Kubernetes Service clusters should have the Defender profile and logs enabled`.

## Validate
`az aks show --name CLUSTER --resource-group GROUP --query addonProfiles.omsagent.enabled` prints `true`; `ContainerLogV2 | take 1` finds
a row.

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
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  dns_prefix          = "shop"
  addon_profile {
    oms_agent {
      enabled = false # finding
    }
  }
}
```

## Good
```hcl
resource "azurerm_kubernetes_cluster" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  dns_prefix          = "shop"
  oms_agent {
    log_analytics_workspace_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.OperationalInsights/workspaces/logs"
  }
}
```

```hcl
resource "azurerm_kubernetes_cluster" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  dns_prefix          = "shop"
  addon_profile {
    oms_agent {
      enabled = true
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_kubernetes_cluster",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_4 AVD-AZU-0040 azure-container-logging",
)
def check(cluster: Node) -> Iterator[Fail]:
    agent, old = cluster.at("oms_agent"), cluster.at("addon_profile.oms_agent")
    if agent.present or (old.present and old.at("enabled").flag is True):
        return
    yield Fail(old.at("enabled") if old.present else agent, "nobody collects the cluster's logs", expected="an oms_agent")
