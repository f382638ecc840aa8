"""An Ingress is of a class that is not there.

## Why it matters
No controller takes an Ingress of an unknown class: it gets no address, its hosts answer 404 or not at all, and no event says why.

## Five whys
1. Why does the host not answer? No controller serves its Ingress.
2. Why not? It is of the class `ngnix`, and the controller serves `nginx`.
3. Why was it accepted? The class is not checked when the Ingress is applied.

## Fix now
`kubectl get ingressclass` lists the names; correct `spec.ingressClassName`.

## Workaround
An IngressClass of the missing name with the controller's `spec.controller`.

## Prevent
Set the class in one template value for all ingresses.

## Validate
`kubectl get ingress NAME` prints an ADDRESS.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  ingressClassName: ngnix # finding
  defaultBackend: {service: {name: web, port: {number: 80}}}
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: nginx}
spec: {controller: k8s.io/ingress-nginx}
```

## Good
The classes of a cloud have no object of their own.

```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {ingressClassName: gce, defaultBackend: {service: {name: web, port: {number: 80}}}}
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: nginx}
spec: {controller: k8s.io/ingress-nginx}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.cluster_class import look_up_class


@rule(target="Ingress", severity=Severity.HIGH, confidence=Confidence.FIRM)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    name = body.at("spec.ingressClassName")
    found = look_up_class(name, "IngressClass", resource, graph)
    if found is not None and found.missing and name.text not in ("gce", "gce-internal"):
        yield Fail(name, f"the Ingress is of {found.says(f'the IngressClass {name.text}')}", "a class that exists", name.text or "")
