"""A field is missing that the API requires.

## Why it matters
The API server refuses the object (`spec.selector: Required value`), so that it is not created, or stays as it was before. In
the middle of a release half of the objects are new and half are old.

## Five whys
1. Why is there no new Deployment? The API server refused it.
2. Why? `spec.selector` is missing.
3. Why? Before apps/v1 it was filled in by the server, and the file is that old.

## Fix now
Add the field: `kubectl explain KIND.spec` marks what is required. The value has to come from you; a selector must match the
labels of the template and cannot be changed later.

## Workaround
If the object exists, patch what you need with `kubectl patch`; the rest of it is complete there.

## Prevent
Server-side dry run in the pipeline. Keep patches (which are incomplete on purpose) in a folder that a kustomization names, so
that nobody takes them for objects.

## Validate
`kubectl apply --dry-run=server -f FILE`.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  replicas: 2 # finding
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
        - image: shop/web:1 # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers: [{name: shop, image: shop/web:1}]
---
# the API takes an empty selector
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny}
spec: {policyTypes: [Ingress]}
```

`base/shop.yaml`:
```yaml
apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  selector: {app: shop}
  ports: [{port: 80}]
```

`base/kustomization.yaml`:
```yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [shop.yaml]
patches: [{path: port.yaml}]
```

`base/port.yaml`:
```yaml
apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  ports: [{targetPort: 8080}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import undecided
from auditor.views.kubernetes import schema
from auditor.views.kubernetes.lookup import folders_elsewhere
from auditor.views.kubernetes.schema import Kind


@rule(
    target=schema.known_kinds(),
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    facets=[Facet.WRITTEN, Facet.PLANNED],
    aliases="kube-linter:schema-validation",
    symptoms=(r"Required value", r"missing required field"),
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    found = [it for it in schema.problems(resource, graph) if it.kind is Kind.MISSING]
    if not found:
        return
    elsewhere = folders_elsewhere(resource, f"{resource.kind}/{body.at('metadata.name').text}")
    if elsewhere:
        raise undecided(body, f"this may be a patch of the {resource.kind} of the same name in {elsewhere[0]}")
    for problem in found:
        yield Fail(problem.where, f"{problem.name} is missing", expected=problem.name)
