"""More pods want a port of the node than there are nodes.

## Why it matters
A `hostPort`, or any port of a pod with `hostNetwork`, can be taken once on each node. The pods beyond that stay `Pending`: `node(s) didn't
have free ports for the requested pod ports`. In a rolling update one node more is needed, or `maxUnavailable` of 1.

## Five whys
1. Why is the fourth replica pending? Port 443 is taken on all three nodes.
2. Why does each pod need it? The container declares `hostPort: 443`.
3. Why four replicas? The number was raised for the load, without a look at the port.

## Fix now
Lower the replicas to the number of nodes, or make it a DaemonSet, which is one pod for each node by itself.

## Workaround
Add a node.

## Prevent
Publish by a Service of type LoadBalancer or NodePort in place of `hostPort`.

## Validate
`kubectl get pods -o wide` shows one pod on each node, none `Pending`.

## Bad
```yaml
apiVersion: v1
kind: Node
metadata: {name: worker-1}
status: {allocatable: {cpu: "8", memory: 30Gi}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: edge}
spec:
  replicas: 2 # finding
  template:
    spec:
      containers: [{name: edge, image: "shop/edge:1.4.2", ports: [{containerPort: 443, hostPort: 443}]}]
```

## Good
```yaml
apiVersion: v1
kind: Node
metadata: {name: worker-1}
status: {allocatable: {cpu: "8", memory: 30Gi}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: edge}
spec:
  template:
    spec:
      containers: [{name: edge, image: "shop/edge:1.4.2", ports: [{containerPort: 443, hostPort: 443}]}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 4
  template:
    spec:
      containers: [{name: web, image: "shop/web:1.4.2", ports: [{containerPort: 8080}]}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.node_fit import fitting
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.scaler import fewest
from auditor.views.kubernetes.workload import SCALABLE


@rule(
    target=" ".join(sorted(SCALABLE)),
    each=pods,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=["didn't have free ports for the requested pod ports"],
)
def check(pod: Pod) -> Iterator[Fail]:
    ports = sorted({port.host_port for container in pod.running for port in container.ports if port.host_port})
    nodes = len(fitting(pod).nodes) if ports else 0
    replicas = fewest(pod.resource, pod.graph) if nodes else None
    if replicas is not None and replicas > nodes and fitting(pod).decided():
        message = f"{replicas} pods want the port {ports[0]} of a node each, and the nodes that they may use are {nodes}"
        yield Fail(pod.resource.at("spec.replicas"), message, expected=f"at most {nodes}")
