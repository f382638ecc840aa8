"""A Service leads to a named port that no pod behind it declares.

## Why it matters
A `targetPort` that is a name is looked up in each pod's `ports[].name`. A pod without that name gets no endpoint for the port: the
Service answers nothing there, though its selector matches and all pods are ready.

## Five whys
1. Why does the port refuse every connection? The EndpointSlice has pods, but no port.
2. Why not? The Service asks for `targetPort: http`, and the containers have no port of that name.
3. Why? The port was renamed to `web` in the Deployment; the Service was not changed.
4. Why was that accepted? A port's name is resolved when endpoints are made, not when the Service is applied.

## Fix now
Give the container's port the name that the Service uses, or write the number into `targetPort`. The Service can be changed without
restarting a pod: `kubectl patch service web --type json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":8080}]'`.

## Workaround
`kubectl port-forward deploy/web 8080:8080` reaches the pods past the Service while it is being put right.

## Prevent
Keep the container port's name and the Service's `targetPort` in one place (one Helm value, one helper template).

## Validate
`kubectl get endpointslices -l kubernetes.io/service-name=web -o jsonpath='{.items[*].ports}'` names the port with a number.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports:
    - port: 80
      targetPort: http # finding
---
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
          ports: [{name: web, containerPort: 8080}]
```

## Good
The name may be declared by a sidecar, and while a rollout renames a port by only some of the pods.

```yaml
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: http}, {port: 9090, targetPort: metrics, name: metrics}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      initContainers:
        - name: exporter
          image: shop/exporter:2.0.1
          restartPolicy: Always
          ports: [{name: metrics, containerPort: 9090}]
      containers:
        - name: web
          image: shop/web:1.4.2
          ports: [{name: http, containerPort: 8080}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web-next}
spec:
  selector: {matchLabels: {app: web, track: next}}
  template:
    metadata: {labels: {app: web, track: next}}
    spec:
      containers:
        - name: web
          image: shop/web:1.5.0
          ports: [{name: metrics, containerPort: 9090}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Profile, Resource, Severity, rule
from auditor.views.kubernetes.service import all_pods_behind, declared, is_headless, ports_of

_INJECTED = frozenset({"http-envoy-prom", "envoy-metrics", "linkerd-proxy", "linkerd-admin", "status-port", "dapr-http", "dapr-grpc"})
"""Ports of sidecars that a mesh puts into pods."""


@rule(
    target="Service",
    severity=Severity.HIGH,
    confidence=Confidence.CERTAIN,
    profile=Profile.GATE,
    symptoms=[r"connect(?:ion)?:? (?:to \S+ )?connection refused", r"no endpoints available for service"],
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if is_headless(resource):
        return
    pods = all_pods_behind(resource, graph)
    for port in ports_of(resource) if pods else ():
        name = port.target.value
        if not isinstance(name, str) or name.isdigit() or name in _INJECTED or any(declared(pod, port) for pod in pods):
            continue
        names = sorted({own.name for pod in pods for it in pod.running for own in it.ports if own.name})
        known = f"they declare {', '.join(names)}" if names else "they declare no names"
        yield Fail(port.target, f"no pod behind the Service declares a port named {name}: {known}", "a declared port name", name)
