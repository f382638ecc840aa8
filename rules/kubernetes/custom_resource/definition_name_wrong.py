"""A definition is not named after its plural and group.

## Why it matters
The API server wants `metadata.name` to be `PLURAL.GROUP` and refuses the definition otherwise; all custom resources after it
fail too.

## Five whys
1. Why does the operator's installation fail at the first file? Its definition is refused.
2. Why? Its name is not `shops.example.com`.
3. Why? The group was renamed, and the name of the object stayed.

## Fix now
Set `metadata.name` to `<spec.names.plural>.<spec.group>`. The plural is lower-case.

## Workaround
None: it cannot be installed.

## Prevent
Generate definitions (`controller-gen crd`), do not write them.

## Validate
`kubectl apply --dry-run=server -f CRD`.

## Bad
```yaml
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: shop.example.com # finding
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
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Severity, rule


@rule(target="CustomResourceDefinition", severity=Severity.HIGH, facets=[Facet.WRITTEN])
def check(body: Node) -> Iterator[Fail]:
    name, plural, group = body.at("metadata.name"), body.at("spec.names.plural").text, body.at("spec.group").text
    if name.text and plural and group and name.text != f"{plural}.{group}":
        yield Fail(name, "the name is not the plural and the group", expected=f"{plural}.{group}")
