"""Two ports of a pod have the same name.

## Why it matters
Inside one container the API server refuses it. In two containers of a pod it is accepted, and a Service or a probe of another container
that uses the name gets the port of whichever container stands first: the other one is never reached.

## Five whys
1. Why does the Service answer with metrics instead of the shop? It sends requests to the exporter's port.
2. Why? Its `targetPort` is `http`, and the exporter stands first and names its port `http` too.
3. Why was that accepted? Names need to be unique in a container only.

## Fix now
Rename one of the ports (`metrics`), and what refers to it.

## Workaround
Use the number in the Service's `targetPort`.

## Prevent
Name ports after what they serve, not after the protocol.

## Validate
`kubectl get pod POD -o jsonpath='{.spec.containers[*].ports[*].name}'` prints each name once.

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
        - name: exporter
          image: shop/exporter:2.0.1
          ports: [{name: http, containerPort: 9100}]
        - name: web
          image: shop/web:1.4.2
          ports:
            - containerPort: 8080
              name: http # finding
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
        - name: exporter
          image: shop/exporter:2.0.1
          ports: [{name: metrics, containerPort: 9100}]
        - name: web
          image: shop/web:1.4.2
          ports: [{name: http, containerPort: 8080}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.MEDIUM,
    aliases="kube-score:container-ports-check",
    symptoms=[r"ports\[\d+\]\.name: Duplicate value"],
)
def check(pod: Pod, resource: Resource, graph: Graph) -> Iterator[Fail]:
    taken: dict[str, str] = {}
    for container in pod.running:
        for port in container.ports:
            if port.name and port.name in taken:
                first = taken[port.name]
                whose = "this container" if first == container.name else f"the container {first}"
                yield Fail(port.where.at("name"), f"the port name {port.name} is also that of a port of {whose}", "each name once")
            taken.setdefault(port.name, container.name)
