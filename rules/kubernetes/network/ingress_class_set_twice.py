"""An Ingress names its class in a field and in an annotation.

## Why it matters
The API server refuses a new Ingress with both (`can not be set when the class field is also set`). On an existing one both may stand, and
then it depends on the controller which of the two counts.

## Five whys
1. Why is the new ingress refused? It has `ingressClassName` and the annotation `kubernetes.io/ingress.class`.
2. Why both? The field was added when the annotation was deprecated, and the annotation was kept to be safe.

## Fix now
Remove the annotation and keep `spec.ingressClassName`.

## Workaround
Keep only the annotation for a controller that does not read the field yet.

## Prevent
`kubectl apply --dry-run=server` against an empty namespace in the pipeline.

## Validate
`kubectl create --dry-run=server -f ingress.yaml` accepts it.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    kubernetes.io/ingress.class: nginx # finding
spec:
  ingressClassName: nginx
  defaultBackend: {service: {name: web, port: {number: 80}}}
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

from auditor.sdk import Fail, Node, Profile, Resource, Severity, rule
from auditor.views.kubernetes.ingress_path import CLASS


@rule(target="Ingress", severity=Severity.MEDIUM, profile=Profile.GATE, symptoms=[r"can not be set when the class field is also set"])
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    if body.at("spec.ingressClassName").present and body.at(CLASS).present:
        yield Fail(body.at(CLASS), "the class stands in this annotation and in spec.ingressClassName", "the field alone")
