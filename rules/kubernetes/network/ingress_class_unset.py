"""An Ingress leaves open which controller serves it.

## Why it matters
Without a class the Ingress belongs to the default class of the cluster. Where there is none, no controller takes it and it gets no
address; where two controllers watch for objects without a class, both serve it.

## Five whys
1. Why has the ingress no address? No controller took it.
2. Why not? It names no class, and this cluster has no default one; the old cluster had.

## Fix now
Write `spec.ingressClassName`; `kubectl get ingressclass` lists the names, and marks the default one.

## Workaround
Make a class the default: annotation `ingressclass.kubernetes.io/is-default-class: "true"`.

## Prevent
Set the class in the template of all ingresses.

## Validate
`kubectl get ingress NAME` prints a CLASS and an ADDRESS.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  defaultBackend: {service: {name: web, port: {number: 80}}} # finding
```

## Good
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  ingressClassName: nginx
  defaultBackend: {service: {name: web, port: {number: 80}}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.ingress_path import class_of
from auditor.views.kubernetes.workload import group_of


@rule(target="Ingress", severity=Severity.INFO, confidence=Confidence.LIKELY)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    default = 'metadata.annotations["ingressclass.kubernetes.io/is-default-class"]'
    if group_of(body) != "networking.k8s.io" or class_of(resource):
        return
    if not any(it.root == resource.root and it.at(default).text == "true" for it in graph.of("IngressClass")):
        yield Fail(
            body.at("spec.ingressClassName"), "the Ingress names no class, so the cluster's default decides", "spec.ingressClassName"
        )
