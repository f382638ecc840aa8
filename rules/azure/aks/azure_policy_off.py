"""No policy looks at what is deployed into a Kubernetes cluster.

## Why it matters
Privileged pods, host mounts and images from anywhere are accepted by the API server as they come. The add-on refuses them at the door and
shows what is there already.

## Five whys
1. Why could a privileged pod be started? Nothing refused it.
2. Why? There is no admission policy in the cluster.
3. Why? The Azure Policy add-on is off unless it is written.

## Fix now
`az aks enable-addons --addons azure-policy --name CLUSTER --resource-group GROUP`, then assign the initiative `Kubernetes cluster pod
security baseline standards for Linux-based workloads`, first with audit.

## Workaround
The labels of Pod Security Admission on the namespaces: `kubectl label ns NAME pod-security.kubernetes.io/enforce=baseline`.

## Prevent
`azure_policy_enabled = true` in the module, assignments on the management group.

## Validate
`kubectl -n kube-system get pods -l app=azure-policy` shows them running.

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
    azure_policy {
      enabled = false # finding
    }
  }
}
```

## Good
```hcl
resource "azurerm_kubernetes_cluster" "shop" {
  name                 = "shop"
  resource_group_name  = "shop"
  location             = "westeurope"
  dns_prefix           = "shop"
  azure_policy_enabled = true
}
```

```hcl
resource "azurerm_kubernetes_cluster" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  dns_prefix          = "shop"
  addon_profile {
    azure_policy {
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
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_116 AVD-AZU-0066 azure-container-enable-azure-policy-addon",
)
def check(cluster: Node) -> Iterator[Fail]:
    policy, old = cluster.at("azure_policy_enabled"), cluster.at("addon_profile.azure_policy.enabled")
    if policy.flag is not True and old.flag is not True:
        yield Fail(old if old.present else policy, "no policy looks at what is deployed", expected="azure_policy_enabled = true")
