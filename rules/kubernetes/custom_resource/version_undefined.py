"""A custom resource uses a version that its definition does not serve.

## Why it matters
The API server answers `no matches for kind` for a version that the definition lacks or has `served: false`. It comes about
when an operator's upgrade drops a version while manifests still name it.

## Five whys
1. Why is the custom resource refused since the operator's upgrade? It names v1beta1.
2. Why is that not served? The new definition has only v1.
3. Why was the manifest not changed? The stored objects were converted, so that nothing seemed to be wrong.

## Fix now
Write a version that is served (`kubectl get crd NAME -o jsonpath='{.spec.versions[?(@.served)].name}'`), with the fields of
that version.

## Workaround
Set `served: true` again for the old version, if the definition still has it.

## Prevent
Change the manifests in the same commit that raises the operator.

## Validate
`kubectl apply --dry-run=server -f FILE`.

## Bad
```yaml
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: shops.example.com
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Shop, plural: shops, singular: shop}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              required: [size]
              properties:
                size: {type: integer}
                mode: {type: string, enum: [fast, safe]}
                port: {x-kubernetes-int-or-string: true}
                labels: {type: object, additionalProperties: {type: string}}
                free: {type: object, x-kubernetes-preserve-unknown-fields: true}
---
apiVersion: example.com/v1beta1 # finding
kind: Shop
metadata: {name: main}
spec:
  size: 1
```

```yaml
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: shops.example.com
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Shop, plural: shops, singular: shop}
  versions:
    - name: v1
      served: false
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              required: [size]
              properties:
                size: {type: integer}
                mode: {type: string, enum: [fast, safe]}
                port: {x-kubernetes-int-or-string: true}
                labels: {type: object, additionalProperties: {type: string}}
                free: {type: object, x-kubernetes-preserve-unknown-fields: true}
---
apiVersion: example.com/v1 # finding
kind: Shop
metadata: {name: main}
spec:
  size: 1
```

## Good
```yaml
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: shops.example.com
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Shop, plural: shops, singular: shop}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              required: [size]
              properties:
                size: {type: integer}
                mode: {type: string, enum: [fast, safe]}
                port: {x-kubernetes-int-or-string: true}
                labels: {type: object, additionalProperties: {type: string}}
                free: {type: object, x-kubernetes-preserve-unknown-fields: true}
---
apiVersion: example.com/v1
kind: Shop
metadata: {name: main}
spec:
  size: 1
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.definition import definition_of, is_custom, version_of, versions


@rule(target="[A-Z]*", severity=Severity.HIGH, facets=[Facet.WRITTEN], symptoms=(r'no matches for kind "\w+" in version',))
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    definition = definition_of(resource, graph) if is_custom(resource) else None
    if definition is None or not versions(definition):
        return
    used = version_of(resource, definition)
    if used is None or used.at("served").flag is False:
        served = [it.at("name").text or "" for it in versions(definition) if it.at("served").flag is not False]
        yield Fail(
            body.at("apiVersion"),
            "the definition does not serve this version",
            expected=f"one of {', '.join(served)}" if served else "a version that is served",
            related=(definition.at("spec.versions"),),
        )
