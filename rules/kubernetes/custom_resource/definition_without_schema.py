"""A version of a definition has no schema.

## Why it matters
In `apiextensions.k8s.io/v1` every version needs `schema.openAPIV3Schema`: the API server refuses the definition without
(`schemas are required`). One that only says `x-kubernetes-preserve-unknown-fields: true` is accepted, and accepts every
typing error in custom resources.

## Five whys
1. Why does the typing error in the custom resource do nothing? The API server took it, and the operator ignored it.
2. Why did the server take it? The schema preserves whatever comes.
3. Why? The definition was converted from v1beta1, which needed no schema.

## Fix now
Write the schema, or generate it from the types: `controller-gen crd paths=./api/... output:crd:dir=crds`.

## Workaround
`x-kubernetes-preserve-unknown-fields: true` for the one part that is really free (values of a chart), with types for the
rest.

## Prevent
Generate in CI and fail on a difference.

## Validate
`kubectl explain SHOP.spec` lists the fields.

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
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          x-kubernetes-preserve-unknown-fields: true # finding
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
```

```yaml
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: shops.example.com}
spec:
  group: example.com
  names: {kind: Shop, plural: shops}
  versions:
    - name: v1beta1
      served: false
      storage: false
      schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
    - name: v1
      served: true
      storage: true
      schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, x-kubernetes-preserve-unknown-fields: true}}}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.definition import versions


@rule(target="CustomResourceDefinition", severity=Severity.MEDIUM, facets=[Facet.WRITTEN], symptoms=(r"schemas are required",))
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    if body.at("apiVersion").text != "apiextensions.k8s.io/v1":
        return
    for version in versions(resource):
        schema = version.at("schema.openAPIV3Schema")
        if schema.missing:
            yield Fail(schema, "this version has no schema", expected="schema.openAPIV3Schema", actual="no schema")
            continue
        free = schema.at("x-kubernetes-preserve-unknown-fields")
        if free.flag and schema.at("properties").missing and version.at("served").flag is not False:
            yield Fail(free, "the schema takes whatever comes", expected="properties with types")
