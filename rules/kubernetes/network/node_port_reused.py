r"""Two Services ask for the same node port.

## Why it matters
A node port belongs to the whole cluster, across namespaces: the second Service is refused with `provided port is already allocated`.
Which of the two is second depends on the order in which they are applied, so it works here and fails there.

## Five whys
1. Why is the Service `admin` missing in the new cluster? It was refused.
2. Why? Its node port 30080 was taken by `web`, which is applied before it.
3. Why did the old cluster have both? There `admin` had got its port before `web` was given the same one.

## Fix now
Leave `nodePort` out of one of them, or give it a free number.

## Workaround
Apply the one that is needed first.

## Prevent
Let Kubernetes choose; where a number must be known, keep a list of them in one place.

## Validate
`kubectl get services -A -o jsonpath='{range .items[*].spec.ports[*]}{.nodePort}{"\n"}{end}' | sort | uniq -d` prints nothing.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  type: NodePort
  selector: {app: web}
  ports: [{port: 80, nodePort: 30080}]
---
apiVersion: v1
kind: Service
metadata: {name: admin, namespace: office}
spec:
  type: NodePort
  selector: {app: admin}
  ports:
    - port: 80
      nodePort: 30080 # finding
```

## Good
One number may serve TCP and UDP.

```yaml
apiVersion: v1
kind: Service
metadata: {name: dns}
spec:
  type: NodePort
  selector: {app: dns}
  ports: [{name: dns, port: 53, protocol: UDP, nodePort: 30053}, {name: dns-tcp, port: 53, nodePort: 30053}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: 30080}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.node_port import earlier


@rule(
    target="Service",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r"provided port is already allocated"],
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for node, number, other in earlier(resource, graph):
        yield Fail(node, f"node port {number} is also that of {other.address.text}", "a port of its own", related=(other.body,))
