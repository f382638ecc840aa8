"""A container names ports of the node though it has the node's network anyway.

## Why it matters
With `hostNetwork: true` every port that the process opens is one of the node; `hostPort` adds nothing but a promise to the
scheduler, which then places one such pod per node. The day `hostNetwork` goes, the ports stay open.

## Five whys
1. Why is the port still open on the nodes after `hostNetwork` was removed? `hostPort` was left behind.
2. Why was it there? It was written beside `hostNetwork`, which made it unnecessary.

## Fix now
Remove `hostPort`; where the scheduler must keep two such pods apart, say so by anti-affinity.

## Workaround
None is needed.

## Prevent
Review node agents together: network, ports and paths of the node.

## Validate
`kubectl get ds NAME -o json | jq '[.. | .hostPort? // empty]'` prints `[]`.

## Bad
```yaml
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: exporter}
spec:
  selector: {matchLabels: {app: exporter}}
  template:
    metadata: {labels: {app: exporter}}
    spec:
      hostNetwork: true
      containers:
        - name: exporter
          image: shop/exporter:1.1.0
          ports:
            - containerPort: 9100
              hostPort: 9100 # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: exporter}
spec:
  selector: {matchLabels: {app: exporter}}
  template:
    metadata: {labels: {app: exporter}}
    spec:
      hostNetwork: true
      containers:
        - name: exporter
          image: shop/exporter:1.1.0
          ports: [{containerPort: 9100}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.INFO,
    facets=[Facet.WRITTEN, Facet.PLANNED],
    aliases="CKV_K8S_26 KSV-0024 AVD-KSV-0024 polaris:hostPortSet kubescape:container-hostPort C-0044",
)
def check(container: Container) -> Iterator[Fail]:
    for port in container.where.each("ports") if container.pod.host_network else ():
        where = port.at("hostPort")
        if where.number:  # on objects of a cluster it stands there because of the network
            yield Fail(where, "the container names a port of the node, whose network it has anyway", expected="nothing")
