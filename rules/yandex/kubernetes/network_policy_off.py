"""A Kubernetes cluster does not enforce network policies.

## Why it matters
`NetworkPolicy` objects are accepted by every cluster, and do nothing without Calico or Cilium. Whoever wrote one believes the database is
closed, while each pod reaches it.

## Five whys
1. Why could the web pod reach a database that a policy protects? Nothing enforced the policy.
2. Why not? The cluster has neither Calico nor Cilium.
3. Why? It has to be chosen when the cluster is made.

## Fix now
Make a cluster with `network_policy_provider = "CALICO"`, or `network_implementation { cilium {} }`, and move the workloads.

## Workaround
Node groups and security groups separate workloads until then.

## Prevent
Cilium in the cluster module; a default-deny policy in each namespace.

## Validate
`kubectl run t --rm -it --image=busybox -- wget -T 3 -qO- SERVICE` from a namespace that a policy keeps out times out.

## Bad
```hcl
resource "yandex_kubernetes_cluster" "main" { # finding
  name = "main"
}
```

## Good
```hcl
resource "yandex_kubernetes_cluster" "main" {
  name                    = "main"
  network_policy_provider = "CALICO"
}

resource "yandex_kubernetes_cluster" "second" {
  name = "second"
  network_implementation {
    cilium {
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.decide import some


@rule(target="yandex_kubernetes_cluster", severity=Severity.MEDIUM, aliases="CKV_YC_16")
def check(cluster: Node) -> Iterator[Fail]:
    provider = cluster.at("network_policy_provider")
    if not some(lambda: provider.text == "CALICO", lambda: cluster.at("network_implementation.cilium").present):
        yield Fail(provider, "network policies in the cluster have no effect", expected="CALICO, or network_implementation")
