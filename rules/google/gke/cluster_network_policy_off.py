"""A GKE cluster does not enforce network policies.

## Why it matters
Kubernetes accepts `NetworkPolicy` objects in any cluster, and without an enforcing network they do nothing. Whoever wrote one believes
the database is closed, while each pod of the cluster reaches it.

## Five whys
1. Why could the web pod connect to a database that a policy protects? The policy was not enforced.
2. Why not? The cluster has neither Dataplane V2 nor the Calico add-on.
3. Why? Both are off by default, and the policy was accepted without a warning.

## Fix now
`gcloud container clusters update CLUSTER --location=LOCATION --update-addons=NetworkPolicy=ENABLED`, then `--enable-network-policy`: the
nodes are made anew. Dataplane V2 (`datapath_provider = "ADVANCED_DATAPATH"`) can only be chosen for a new cluster.

## Workaround
Separate by node pools and firewall rules on their tags until then.

## Prevent
Dataplane V2 in the cluster module; a default-deny policy in each namespace.

## Validate
`kubectl run t --rm -it --image=busybox -- wget -T 3 -qO- SERVICE` from a namespace that a policy keeps out times out.

## Bad
```hcl
resource "google_container_cluster" "main" {
  name = "main"
  network_policy {
    enabled = false # finding
  }
}
```

## Good
```hcl
resource "google_container_cluster" "main" {
  name              = "main"
  datapath_provider = "ADVANCED_DATAPATH"
}

resource "google_container_cluster" "second" {
  name = "second"
  network_policy {
    enabled = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.decide import some
from auditor.views.google.gke import CLUSTER, autopilot


@rule(target=CLUSTER, severity=Severity.MEDIUM, aliases="CKV_GCP_12 AVD-GCP-0056 google-gke-enable-network-policy")
def check(cluster: Node) -> Iterator[Fail]:
    enabled, datapath = cluster.at("network_policy.enabled"), cluster.at("datapath_provider")
    if some(
        lambda: enabled.flag is True,
        lambda: datapath.text == "ADVANCED_DATAPATH",
        lambda: autopilot(cluster),
    ):
        return
    yield Fail(enabled, "network policies in the cluster have no effect", expected="ADVANCED_DATAPATH, or network_policy.enabled")
