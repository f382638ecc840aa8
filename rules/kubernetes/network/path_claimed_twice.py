"""Two ingresses, or two routes, claim the same host and path.

## Why it matters
Both are accepted, and the controller decides: ingress-nginx serves the older object, others the first by name or the last that changed.
After a re-creation, or on another cluster, the same manifests send the traffic elsewhere.

## Five whys
1. Why does `/api` reach the old application since yesterday? The controller took the other of two ingresses with that path.
2. Why are there two? The new application was given its own Ingress, and the old one was not removed.
3. Why did nothing complain? The API server does not compare objects (ingress-nginx's webhook does, where it is installed).

## Fix now
Remove the path from one of them. To move traffic step by step use a canary (`nginx.ingress.kubernetes.io/canary`) or weights of an
HTTPRoute.

## Workaround
Delete and re-create the object that should lose, so that it is the younger one; only until the next change.

## Prevent
One owner for each host, and the controller's validating webhook switched on.

## Validate
`kubectl get ingress -A -o custom-columns=NS:.metadata.namespace,NAME:.metadata.name,HOSTS:.spec.rules[*].host` shows the host once per
path.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: new, namespace: shop}
spec:
  rules:
    - host: shop.example.org
      http:
        paths:
          - {path: /api, pathType: Prefix, backend: {service: {name: api, port: {number: 80}}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: old, namespace: legacy}
spec:
  rules:
    - host: shop.example.org
      http:
        paths:
          - path: /api # finding
            pathType: Prefix
            backend: {service: {name: api-v1, port: {number: 80}}}
```

Two routes of one gateway; the older one wins:

```yaml
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: one}
spec:
  parentRefs: [{name: edge}]
  hostnames: [shop.example.org]
  rules: [{matches: [{path: {type: PathPrefix, value: /api}}], backendRefs: [{name: api, port: 80}]}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: two}
spec:
  parentRefs: [{name: edge}]
  hostnames: [shop.example.org]
  rules:
    - matches:
        - path: {type: PathPrefix, value: /api/} # finding
        - path: {type: PathPrefix, value: /api/}
          headers: [{name: x-version, value: "2"}]
      backendRefs: [{name: api-v2, port: 80}]
```

## Good
A canary, another class of controller, and the same path for another match are no conflict.

```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {rules: [{host: shop.example.org, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: canary, annotations: {nginx.ingress.kubernetes.io/canary: "true"}}
spec:
  rules: [{host: shop.example.org, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: next, port: {number: 80}}}}]}}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: inside}
spec:
  ingressClassName: internal
  rules: [{host: shop.example.org, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.ingress_path import KINDS, claimed_before


@rule(
    target=KINDS,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r'host ".*" and path ".*" is already defined in ingress'],
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for path, other in claimed_before(resource, graph):
        message = f"{path.host or 'every host'}{path.path} is also claimed by {other.address.text}"
        yield Fail(path.where, message, "one owner for each host and path", related=(other.body,))
