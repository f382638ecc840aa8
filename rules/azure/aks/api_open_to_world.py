"""The API of a Kubernetes cluster answers the whole internet.

## Why it matters
A leaked kubeconfig works from anywhere, and a hole in the API server is open to everybody on the day it is published.

## Five whys
1. Why could the kubeconfig from the old laptop be used abroad? The API answers every address.
2. Why? No ranges are named.
3. Why? The developers' addresses change.

## Fix now
`az aks update --name CLUSTER --resource-group GROUP --api-server-authorized-ip-ranges 203.0.113.0/24`, with the address of the cluster's
own egress in the list.

## Workaround
`az aks get-credentials` without `--admin`, Entra ID login and `local_account_disabled`, so that a kubeconfig alone is worth nothing.

## Prevent
A private cluster, reached over VPN or `az aks command invoke`.

## Validate
`curl -m 5 -k https://API_SERVER/version` from a phone's network times out.

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
  name                            = "shop"
  resource_group_name             = "shop"
  location                        = "westeurope"
  dns_prefix                      = "shop"
  api_server_authorized_ip_ranges = [] # finding
}
```

## Good
```hcl
resource "azurerm_kubernetes_cluster" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  dns_prefix          = "shop"
  api_server_access_profile {
    authorized_ip_ranges = ["203.0.113.0/24"]
  }
}
```

```hcl
resource "azurerm_kubernetes_cluster" "shop" {
  name                            = "shop"
  resource_group_name             = "shop"
  location                        = "westeurope"
  dns_prefix                      = "shop"
  api_server_authorized_ip_ranges = ["203.0.113.0/24"]
}
```

```hcl
resource "azurerm_kubernetes_cluster" "shop" {
  name                    = "shop"
  resource_group_name     = "shop"
  location                = "westeurope"
  dns_prefix              = "shop"
  private_cluster_enabled = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_kubernetes_cluster",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_6 AVD-AZU-0041 azure-container-limit-authorized-ips",
)
def check(cluster: Node) -> Iterator[Fail]:
    if cluster.at("private_cluster_enabled").flag is True:
        return
    ranges, old = cluster.at("api_server_access_profile.authorized_ip_ranges"), cluster.at("api_server_authorized_ip_ranges")
    if ranges.missing and old.missing:
        yield Fail(old, "the cluster's API answers the whole internet", expected="authorized ranges, or a private cluster")
