"""A route sends traffic into another namespace that does not allow it.

## Why it matters
The Gateway API lets a route name a Service of another namespace only when a ReferenceGrant there allows it. Without one the controller sets
`ResolvedRefs: False` with the reason `RefNotPermitted` and answers 500 for that rule.

## Five whys
1. Why does `/pay` answer 500? The gateway refuses the backend.
2. Why? The route is in `edge`, the Service in `payment`, and nothing in `payment` grants it.
3. Why is a grant needed? Otherwise any team could publish the Services of any other.

## Fix now
Apply a ReferenceGrant in the Service's namespace, `from` the route's kind and namespace, `to` Services.

## Workaround
Move the route into the Service's namespace; a route may attach to a Gateway elsewhere (`allowedRoutes`).

## Prevent
Keep the grant in the repository of the namespace that grants, next to the Service.

## Validate
`kubectl get httproute web -n edge -o jsonpath='{.status.parents[*].conditions[?(@.type=="ResolvedRefs")].reason}'` prints `ResolvedRefs`.

## Bad
```yaml
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web, namespace: edge}
spec:
  rules:
    - backendRefs:
        - {name: pay, namespace: payment, port: 80} # finding
---
apiVersion: v1
kind: Service
metadata: {name: pay, namespace: payment}
spec: {selector: {app: pay}, ports: [{port: 80}]}
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: {name: other, namespace: payment}
spec:
  from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: office}]
  to: [{group: "", kind: Service}]
```

## Good
```yaml
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web, namespace: edge}
spec:
  rules: [{backendRefs: [{name: pay, namespace: payment, port: 80}, {name: local, port: 80}, {name: here, namespace: edge, port: 80}]}]
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: {name: edge, namespace: payment}
spec:
  from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: edge}]
  to: [{group: "", kind: Service, name: pay}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.route import GATEWAY_ROUTES, Backend, backends, grant_of


@rule(
    target=GATEWAY_ROUTES,
    each=backends,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r"RefNotPermitted", r"not permitted by any ReferenceGrant"],
)
def check(backend: Backend, resource: Resource, graph: Graph) -> Iterator[Fail]:
    grant = grant_of(backend, resource, graph)
    if grant is not None and grant.decided(resource).missing:
        message = f"no ReferenceGrant in namespace {backend.namespace} lets this {resource.kind} send to the Service {backend.name}"
        yield Fail(backend.where, message, f"a ReferenceGrant in {backend.namespace}")
