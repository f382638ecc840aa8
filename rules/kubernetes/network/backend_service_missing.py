"""Traffic from outside is sent to a Service that is not there.

## Why it matters
An Ingress or a route of the Gateway API may name any Service; nothing checks that it exists. The controller answers 503 (ingress-nginx,
with `Error obtaining Endpoints for Service` in its log), 404 or 500 for that path, and the rest of the host works, so a check of `/`
stays green.

## Five whys
1. Why does `/cart` answer 503? Its backend is the Service `carts`, which does not exist.
2. What is the Service called? `cart`, or it is in another namespace: a backend is looked up in the namespace of the Ingress only.
3. Why did the deployment succeed? The API server accepts any name; the controller only logs.
4. Why did the monitoring not see it? It asks one path of the host.

## Fix now
Write the name of the Service that exists (`kubectl get services -n NAMESPACE`). For a Service in another namespace move the Ingress
there; a route may say `namespace:`, and needs a ReferenceGrant in that namespace.

## Workaround
A Service of the missing name with the selector of the right one brings the path back at once.

## Prevent
Take both names from one template helper; let the pipeline ask each path of the ingress after a deployment.

## Validate
`kubectl describe ingress web` shows addresses behind each path, not `<error: endpoints "carts" not found>`. For a route:
`kubectl get httproute web -o jsonpath='{.status.parents[*].conditions[?(@.type=="ResolvedRefs")].status}'` prints `True`.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  defaultBackend:
    service:
      name: fallback # finding
      port: {number: 80}
  rules:
    - host: shop.example.org
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: {service: {name: cart, port: {number: 80}}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec:
  rules:
    - backendRefs:
        - name: carts # finding
          port: 80
---
apiVersion: v1
kind: Service
metadata: {name: cart}
spec: {selector: {app: cart}, ports: [{port: 80}]}
```

A Service of that name in another namespace is not meant:

```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: edge}
spec:
  defaultBackend: {service: {name: cart, port: {number: 80}}} # finding
---
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec: {selector: {app: cart}, ports: [{port: 80}]}
```

## Good
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  defaultBackend: {resource: {apiGroup: k8s.example.org, kind: StorageBucket, name: static}}
  rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: cart, port: {number: 80}}}}]}}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec:
  rules: [{backendRefs: [{name: cart, port: 80}, {group: gateway.envoyproxy.io, kind: Backend, name: far}]}]
---
apiVersion: v1
kind: Service
metadata: {name: cart}
spec: {selector: {app: cart}, ports: [{port: 80}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.route import KINDS, Backend, backends, look_up_backend


@rule(
    target=KINDS,
    each=backends,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    aliases="kube-linter:dangling-ingress kube-score:ingress-targets-service kubescape:dangling-ingress-backend C-0298 C-0302",
    symptoms=[
        r"[Ee]rror obtaining [Ee]ndpoints for [Ss]ervice",
        r'error: endpoints ".*" not found',
        r"Service \S+ does not exist",
        r"BackendNotFound",
    ],
)
def check(backend: Backend, resource: Resource, graph: Graph) -> Iterator[Fail]:
    found = look_up_backend(backend, resource, graph).decided(resource)
    if found.missing:
        yield Fail(
            backend.where, f"{backend.place} goes to {found.says(f'the Service {backend.name}')}", "a Service that exists", backend.name
        )
