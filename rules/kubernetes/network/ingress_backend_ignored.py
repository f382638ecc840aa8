"""An Ingress names its backend in fields that its version does not know.

## Why it matters
`networking.k8s.io/v1` reads `backend.service.name` and `backend.service.port`; `serviceName` and `servicePort` belong to the versions
removed in Kubernetes 1.22. The API server refuses the object, or, when validation of unknown fields is off, drops the fields and the path
leads nowhere.

## Five whys
1. Why is the ingress not there after the upgrade? The API server refuses it: `unknown field
   "spec.rules[0].http.paths[0].backend.serviceName"`.
2. Why does it have that field? Only its `apiVersion` was changed when the old version was removed.
3. Why only that? The error named the version, and nothing pointed at the fields that moved.

## Fix now
Write `service: {name: NAME, port: {number: N}}` (or `port: {name: ...}`) in place of the two old fields, and `pathType: Prefix` on each
path.

## Workaround
None on 1.22 and later.

## Prevent
`kubectl apply --dry-run=server` against a cluster of the target version before each upgrade; `kubectl convert -f FILE --output-version
networking.k8s.io/v1` rewrites old manifests.

## Validate
`kubectl apply --dry-run=server -f ingress.yaml` accepts it and `kubectl describe ingress NAME` shows the backends.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  rules:
    - http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              serviceName: web # finding
              servicePort: 80
```

## Good
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  rules:
    - http:
        paths:
          - path: /
            pathType: Prefix
            backend: {service: {name: web, port: {number: 80}}}
---
apiVersion: networking.k8s.io/v1beta1
kind: Ingress
metadata: {name: old}
spec: {backend: {serviceName: web, servicePort: 80}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Profile, Resource, Severity, rule
from auditor.views.kubernetes.route import backend_tables


@rule(
    target="Ingress",
    each=backend_tables,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="kube-score:ingress-targets-service",
    symptoms=[r'unknown field "spec\.\S*backend\.service(?:Name|Port)"'],
)
def check(backend: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if resource.at("apiVersion").text != "networking.k8s.io/v1" or not isinstance(backend.value, dict):
        return
    for old, new in (("serviceName", "service.name"), ("servicePort", "service.port")):
        node = backend.at(old)
        if node.present:
            yield Fail(node, f"{old} is of an older version: networking.k8s.io/v1 reads {new}", new, node.text or "")
            return
