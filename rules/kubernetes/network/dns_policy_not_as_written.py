"""The DNS policy of pods on the node's network means another one than it says.

## Why it matters
With `hostNetwork: true` the policy ClusterFirst, also when it is only the default, means Default: the pods ask the DNS of the node.
Whatever they call by the name of a Service fails, now or with the next change; nothing here names one, which is why this is advice.

## Five whys
1. Why did the new version of the proxy find no backend? It calls it by the name of its Service.
2. Why does that fail? The pods use the node's network, where ClusterFirst falls back to the node's DNS.
3. Why did nobody know? The field says ClusterFirst, or nothing.

## Fix now
Write what is meant: `dnsPolicy: ClusterFirstWithHostNet`, or `dnsPolicy: Default`.

## Workaround
None is needed while no Service is called by name.

## Prevent
Keep `hostNetwork` and `dnsPolicy` together in the template.

## Validate
`kubectl exec POD -- cat /etc/resolv.conf` shows the nameserver that is meant.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: proxy}
spec:
  selector: {matchLabels: {app: proxy}}
  template:
    metadata: {labels: {app: proxy}}
    spec:
      hostNetwork: true # finding
      containers: [{name: proxy, image: "shop/proxy:2.3.0"}]
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: proxy}
spec:
  selector: {matchLabels: {app: proxy}}
  template:
    metadata: {labels: {app: proxy}}
    spec: {hostNetwork: true, dnsPolicy: Default, containers: [{name: proxy, image: "shop/proxy:2.3.0"}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.cluster_dns import names_services
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import SERVING


@rule(target=SERVING, each=pods, severity=Severity.INFO)
def check(pod: Pod, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if resource.kind != "DaemonSet" and pod.host_network and pod.dns_policy == "ClusterFirst" and not names_services(pod):
        policy = pod.where.at("dnsPolicy")
        where = policy if policy.present else pod.where.at("hostNetwork")
        yield Fail(where, "on the node's network ClusterFirst means Default", "ClusterFirstWithHostNet or Default")
