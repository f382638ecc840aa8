"""A GKE cluster may route its pods instead of giving them alias ranges.

## Why it matters
In a routes-based cluster the network does not check the addresses that pods send from, each node uses one of the few custom routes, and
container-native load balancing, Private Google Access for pods and shared networks do not work.

## Five whys
1. Why can the cluster not grow any more? The network is out of custom routes.
2. Why does it need one for each node? It is a routes-based cluster.
3. Why? With older versions of the provider, that is what comes without an `ip_allocation_policy`.

## Fix now
It cannot be changed in place: create a new cluster with `ip_allocation_policy {}` (from the command line: `gcloud container clusters
create NEW --enable-ip-alias`) and move the workloads over.

## Workaround
A smaller `default_max_pods_per_node` and fewer, larger nodes save routes.

## Prevent
`networking_mode = "VPC_NATIVE"` with named secondary ranges in the module, so that the provider's version does not decide.

## Validate
`gcloud container clusters describe CLUSTER --location=LOCATION --format="value(ipAllocationPolicy.useIpAliases)"` prints True.

## Bad
```hcl
resource "google_container_cluster" "main" { # finding
  name = "main"
}

resource "google_container_cluster" "old" {
  name            = "old"
  networking_mode = "ROUTES" # finding
}
```

## Good
```hcl
resource "google_container_cluster" "main" {
  name = "main"
  ip_allocation_policy {
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.decide import some
from auditor.views.google.gke import CLUSTER, autopilot


@rule(target=CLUSTER, severity=Severity.LOW, confidence=Confidence.LIKELY, aliases="CKV_GCP_23 AVD-GCP-0049 google-gke-enable-ip-aliasing")
def check(cluster: Node) -> Iterator[Fail]:
    mode = cluster.at("networking_mode")
    if mode.present and mode.text == "ROUTES":
        yield Fail(mode, "pods get addresses by routes, which the network does not know as ranges", expected="VPC_NATIVE")
        return
    if not some(lambda: cluster.at("ip_allocation_policy").present, lambda: mode.text == "VPC_NATIVE", lambda: autopilot(cluster)):
        yield Fail(cluster, "the code does not make the cluster a VPC-native one", expected="ip_allocation_policy")
