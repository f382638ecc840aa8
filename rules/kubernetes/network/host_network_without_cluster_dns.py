"""Pods on the node's network cannot resolve the names of Services.

## Why it matters
With `hostNetwork: true` the usual `dnsPolicy` ClusterFirst silently means Default: the pod gets the node's `/etc/resolv.conf`, which does
not know `*.svc.cluster.local`. Every call to a Service by name fails with `no such host`, on this workload alone.

## Five whys
1. Why can the agent not find `collector.monitoring`? Its resolver is that of the node.
2. Why not the cluster's? The pod uses the node's network, and then ClusterFirst falls back to Default.
3. Why did it work before? It had its own network until it was given `hostNetwork: true`.
4. Why did nothing complain? The fall-back is documented, and not an error.

## Fix now
Write `dnsPolicy: ClusterFirstWithHostNet` next to `hostNetwork: true` and let the pods be replaced.

## Workaround
Use the Service's cluster IP instead of its name.

## Prevent
Keep the two fields together in the template. An agent that never calls a Service may state `dnsPolicy: Default`, which says that it is
meant.

## Validate
`kubectl exec POD -- cat /etc/resolv.conf` shows the cluster's DNS and `search NAMESPACE.svc.cluster.local`.

## Bad
```yaml
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      hostNetwork: true # finding
      containers: [{name: agent, image: "shop/agent:2.3.0", args: ["--to=collector.monitoring.svc:4317"]}]
```

## Good
Programs of the node that name no Service need none of it.

```yaml
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      hostNetwork: true
      dnsPolicy: ClusterFirstWithHostNet
      containers: [{name: agent, image: "shop/agent:2.3.0"}]
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: proxy}
spec:
  selector: {matchLabels: {app: proxy}}
  template:
    metadata: {labels: {app: proxy}}
    spec:
      hostNetwork: true
      dnsPolicy: Default
      containers: [{name: proxy, image: "shop/proxy:2.3.0"}]
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: driver}
spec:
  selector: {matchLabels: {app: driver}}
  template:
    metadata: {labels: {app: driver}}
    spec: {hostNetwork: true, containers: [{name: driver, image: "shop/driver:2.3.0", args: [--socket=/csi/csi.sock]}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.cluster_dns import names_services
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=[r"no such host", r"could not resolve host", r"[Tt]emporary failure in name resolution", r"ENOTFOUND"],
)
def check(pod: Pod, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if pod.host_network and pod.dns_policy == "ClusterFirst" and names_services(pod):
        policy = pod.where.at("dnsPolicy")
        where = policy if policy.present else pod.where.at("hostNetwork")
        yield Fail(where, "the pods use the node's network and its DNS, which knows no Services", "dnsPolicy: ClusterFirstWithHostNet")
