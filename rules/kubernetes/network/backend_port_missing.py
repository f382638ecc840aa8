"""Traffic from outside is sent to a port that its Service does not have.

## Why it matters
The Service exists and has ready pods, but not the port that the Ingress or route asks for, so the controller has no endpoint for the path
and answers 503 or 500. The port is that of the Service (`port`), not that of the container (`targetPort`), which is what people write by
mistake.

## Five whys
1. Why does the shop answer 503 although all pods are ready? The ingress asks the Service for port 8080.
2. Which ports has the Service? 80, which leads to 8080 in the pods.
3. Why was 8080 written? It is the application's port, and the manifest does not say whose port is meant.
4. Why was it accepted? The API server does not compare the two objects.

## Fix now
Write the `port` of the Service, or the name of that port: `kubectl patch ingress web --type json -p
'[{"op":"replace","path":"/spec/rules/0/http/paths/0/backend/service/port/number","value":80}]'`.

## Workaround
Add the port to the Service: `kubectl patch service web --type json -p
'[{"op":"add","path":"/spec/ports/-","value":{"name":"alt","port":8080}}]'`.

## Prevent
Use the name of the Service's port in ingresses; it survives a change of the number.

## Validate
`kubectl describe ingress web` shows pod addresses behind the path; `kubectl get service web` shows the port.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  defaultBackend:
    service:
      name: web
      port: {name: http} # finding
  rules:
    - http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: web
                port: {number: 8080} # finding
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec:
  rules:
    - backendRefs:
        - name: web
          port: 8080 # finding
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
```

## Good
The controller of AWS reads the special name `use-annotation`.

```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations: {alb.ingress.kubernetes.io/actions.web: '{"type":"redirect"}'}
spec:
  defaultBackend: {service: {name: web, port: {number: 80}}}
  rules:
    - http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}
          - {path: /old, pathType: Prefix, backend: {service: {name: web, port: {name: use-annotation}}}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Profile, Resource, Severity, rule
from auditor.views.kubernetes.route import KINDS, Backend, backends, look_up_backend, port_of
from auditor.views.kubernetes.service import ports_of, service_type


@rule(
    target=KINDS,
    each=backends,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="kube-linter:dangling-ingress kube-score:ingress-targets-service",
    symptoms=[r"Service \"?\S+\"? does not have (?:any active Endpoint|port)", r"[Nn]o matching port found", r"service port .* not found"],
)
def check(backend: Backend, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if backend.port.missing or backend.port.value == "use-annotation":
        return
    services = look_up_backend(backend, resource, graph).targets
    for service in services:
        if service_type(service) == "ExternalName" or port_of(service, backend.port) is not None:
            return
    if not services:
        return
    known = ", ".join(f"{it.number} ({it.name})" if it.name else str(it.number) for it in ports_of(services[0])) or "no ports"
    asked = backend.port.text
    yield Fail(
        backend.port,
        f"{backend.place} goes to port {asked} of the Service {backend.name}, which has {known}",
        known,
        asked or "",
        related=(services[0].body,),
    )
