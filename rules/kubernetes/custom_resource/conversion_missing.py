"""Versions of a definition differ, and nothing converts between them.

## Why it matters
With the strategy `None` (the default) the API server only changes `apiVersion` and leaves the rest. A field that the stored
version does not have is dropped on the way into etcd: reading the object in the version that it was written in shows it
without.

## Five whys
1. Why did the setting vanish after `kubectl apply`? The stored version does not know its field.
2. Why was it not translated? The definition converts nothing.
3. Why not? A webhook is work, and both versions looked alike when v2 was begun.

## Fix now
A conversion webhook (`spec.conversion.strategy: Webhook`), or keep the schemas equal until every object is written in the new
one and the old version is `served: false`.

## Workaround
Write objects in the stored version only.

## Prevent
Test it: create in each version, read in each other, compare.

## Validate
`kubectl get shops.v1.example.com main -o yaml` shows what was applied as v2.

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
    - name: v1 # finding
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
    - name: v2
      served: true
      storage: false
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              required: [replicas]
              properties:
                replicas: {type: integer}
                mode: {type: string, enum: [fast, safe]}
                port: {x-kubernetes-int-or-string: true}
                labels: {type: object, additionalProperties: {type: string}}
                free: {type: object, x-kubernetes-preserve-unknown-fields: true}
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
    - name: v2
      served: true
      storage: false
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
  conversion:
    strategy: Webhook
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
    - name: v2
      served: true
      storage: false
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              required: [size]
              properties:
                replicas: {type: integer}
                mode: {type: string, enum: [fast, safe]}
                port: {x-kubernetes-int-or-string: true}
                labels: {type: object, additionalProperties: {type: string}}
                free: {type: object, x-kubernetes-preserve-unknown-fields: true}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.definition import lost_fields, versions


@rule(target="CustomResourceDefinition", severity=Severity.MEDIUM, confidence=Confidence.FIRM, facets=[Facet.WRITTEN])
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    if (body.at("spec.conversion.strategy").text or "None") != "None":
        return
    served = [it for it in versions(resource) if it.at("served").flag is not False]
    stored = next((it for it in versions(resource) if it.at("storage").flag), None)
    if stored is None or len(served) < 2:
        return
    for version in served:
        lost = lost_fields(version.at("schema.openAPIV3Schema"), stored.at("schema.openAPIV3Schema"))
        if lost:
            shown = ", ".join(lost[:3]) + (" ..." if len(lost) > 3 else "")
            name, into = version.at("name").text, stored.at("name").text
            yield Fail(
                body.at("spec.versions"),
                f"{shown} of {name} is lost when it is stored as {into}",
                expected="a conversion webhook",
                actual="no conversion",
            )
            return
