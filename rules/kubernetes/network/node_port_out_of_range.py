"""A Service asks for a node port outside the range of the cluster.

## Why it matters
The API server refuses the Service: `provided port is not in the valid range. The range of valid ports is 30000-32767`. The range belongs
to the API server (`--service-node-port-range`); almost every cluster, and all managed ones, have the default.

## Five whys
1. Why is there no Service? The API server refused it.
2. Why? It asks for node port 8080.
3. Why 8080? The writer took it for the port of the application; that one is `targetPort`.

## Fix now
Leave `nodePort` out, and a free port is chosen; or take one of 30000-32767.

## Workaround
`hostPort` in the pod opens any number on the nodes that run it, where a fixed low port is really needed.

## Prevent
Do not write node ports by hand; publish through an ingress or a load balancer.

## Validate
`kubectl apply --dry-run=server -f service.yaml` accepts it.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  type: NodePort
  selector: {app: web}
  ports:
    - port: 80
      nodePort: 8080 # finding
```

## Good
```yaml
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  type: NodePort
  selector: {app: web}
  ports: [{port: 80, nodePort: 30080}]
---
apiVersion: v1
kind: Service
metadata: {name: web-by-itself}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: 0}]}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.service import is_service


@rule(
    target="Service",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    options={"first": 30000, "last": 32767},
    symptoms=[r"provided port is not in the valid range"],
)
def check(body: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    first, last = options["first"], options["last"]
    for port in body.each("spec.ports") if is_service(resource) else ():
        node = port.at("nodePort")
        number = node.number
        if number and not first <= number <= last:
            yield Fail(node, f"node port {number:g} is outside {first}-{last}", f"{first}-{last}", f"{number:g}")
