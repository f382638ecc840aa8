"""A port has a name or number that Kubernetes refuses.

## Why it matters
A port's name has at most 15 characters, of a-z, 0-9 and single hyphens, with a letter among them; a number is 1-65535. The API server
refuses the object otherwise (`must be no more than 15 characters`), and a Deployment refused in a pipeline leaves the old version
running.

## Five whys
1. Why does the old version still run? The new Deployment was refused.
2. Why? The name of a port, `prometheus-metrics`, has 18 characters.
3. Why 15? It is the length of a service name of RFC 6335, which port names follow; names of objects may be longer.

## Fix now
Shorten the name (`metrics`) in the container, and in every Service, probe, Ingress and monitor that uses it.

## Workaround
Leave the name out and use the number, where nothing refers to the name.

## Prevent
`kubectl apply --dry-run=server` in the pipeline.

## Validate
`kubectl apply --dry-run=server -f deployment.yaml` accepts it.

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
          ports:
            - name: prometheus-metrics # finding
              containerPort: 9090
            - name: "8080" # finding
              containerPort: 8080
            - containerPort: 80800 # finding
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports:
    - port: 80
      targetPort: Http # finding
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
          ports: [{name: metrics, containerPort: 9090}, {name: http-2, containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: "8080"}, {name: a-name-of-a-service-port-may-be-longer, port: 81, targetPort: metrics}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Profile, Resource, Severity, rule
from auditor.views.kubernetes.pod import pod_of
from auditor.views.kubernetes.port import is_port_name
from auditor.views.kubernetes.service import is_service
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=f"Service {KINDS}",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="kube-linter:invalid-target-ports kube-score:container-ports-check",
    symptoms=[r"must be no more than 15 characters", r"must contain only alpha-numeric characters \(a-z, 0-9\), and hyphens"],
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    pod = pod_of(resource, graph)
    if pod is not None:
        for container in pod.containers:
            for port in container.where.each("ports"):
                yield from _name(port.at("name"))
                yield from _number(port.at("containerPort"))
    elif is_service(resource):
        for port in body.each("spec.ports"):
            target = port.at("targetPort")
            if isinstance(target.value, str) and not target.value.isdigit():
                yield from _name(target)
            else:
                yield from _number(target)


def _name(node: Node) -> Iterator[Fail]:
    name = node.text
    if name is not None and name != "" and not is_port_name(name):
        reason = f"has {len(name)} characters" if len(name) > 15 else "is not a-z, 0-9 and single hyphens with a letter"
        yield Fail(node, f"the port name {name} {reason}", "at most 15 of a-z, 0-9 and single hyphens", name)


def _number(node: Node) -> Iterator[Fail]:
    number = node.number
    if number is not None and not 1 <= number <= 65535:
        yield Fail(node, f"{number:g} is no port number", "1-65535", f"{number:g}")
