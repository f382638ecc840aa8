"""Pods use the network of their node.

## Why it matters
With `hostNetwork: true` a pod listens on the node's addresses, sees the traffic of every other pod on it, reaches services
that bind to 127.0.0.1 (kubelet's read-only port, etcd, the cloud's metadata service past its hop limit), and no NetworkPolicy
applies to it. Two replicas on one node also fight for the port.

## Five whys
1. Why could the pod get the node's cloud credentials? It asked 169.254.169.254.
2. Why was it not blocked? The block is a NetworkPolicy, and those do not apply to the node's network.
3. Why is the pod in the node's network? `hostNetwork: true`.
4. Why was that set? A port should be reachable from outside, and this was the first thing that worked.

## Fix now
Remove `hostNetwork: true`; publish the port with a Service (`type: LoadBalancer` or behind an Ingress). Set `dnsPolicy` back
to `ClusterFirst`.

## Workaround
Where it must stay (a CNI, a node exporter), bind the process to one address and pin the image; keep it in a namespace for
node agents.

## Prevent
`pod-security.kubernetes.io/enforce: baseline` on the namespaces of applications.

## Validate
`kubectl get pod POD -o jsonpath='{.status.podIP} {.status.hostIP}'` prints two different addresses.

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
      containers:
        - {name: proxy, image: "shop/proxy:3.2.0"}
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
    spec:
      hostNetwork: false
      containers:
        - {name: proxy, image: "shop/proxy:3.2.0"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.MEDIUM,
    aliases="CKV_K8S_19 KSV-0009 AVD-KSV-0009 FG_R00488 kube-linter:host-network polaris:hostNetworkSet"
    " kubescape:host-network-access C-0041",
)
def check(pod: Pod) -> Iterator[Fail]:
    if pod.host_network:
        yield Fail(pod.where.at("hostNetwork"), "the pods use the network of their node, which no NetworkPolicy guards", expected="false")
