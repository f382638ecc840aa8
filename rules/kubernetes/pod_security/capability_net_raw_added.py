"""A container asks for raw sockets.

## Why it matters
`NET_RAW` lets a container forge packets: ARP and DNS answers for its neighbours on the node's bridge, so that their traffic
goes through it. Runtimes give it unless it is dropped; here it is asked for by name, also against a `drop: [ALL]`.

## Five whys
1. Why did a pod see its neighbour's passwords? It answered ARP for the gateway.
2. Why could it? It has raw sockets.
3. Why? `ping` was needed once, for a look at the network.

## Fix now
Remove it; `ping` works without on kernels whose `net.ipv4.ping_group_range` allows it, which is a safe sysctl.

## Workaround
A debug container (`kubectl debug POD --profile=netadmin`) has it for as long as you look.

## Prevent
`pod-security.kubernetes.io/enforce: baseline` refuses adding it, `restricted` makes every container drop it.

## Validate
`kubectl exec POD -- grep CapEff /proc/1/status`; bit 13 (`0x2000`) is not set.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
          securityContext:
            capabilities: {drop: [ALL], add: [NET_RAW]} # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
          securityContext: {capabilities: {drop: [ALL]}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.capability import added
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.LOW,
    aliases="KSV-0119 AVD-KSV-0119 KSV-0022 AVD-KSV-0022 kube-linter:drop-net-raw-capability CKV_K8S_25 KSV-0106 AVD-KSV-0106 FG_R00492",
)
def check(container: Container) -> Iterator[Fail]:
    for where, name in added(container):
        if name == "NET_RAW":
            yield Fail(where, "the container asks for raw sockets, with which it can pose as its neighbours")
