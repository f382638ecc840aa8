"""A definition does not have exactly one version that is stored.

## Why it matters
The API server refuses it: `must have exactly one version marked as storage version`. The upgrade of the operator stops at its
first object.

## Five whys
1. Why did the operator's upgrade fail? Its definition was refused.
2. Why? Two versions have `storage: true`.
3. Why? v2 was added by copying v1.

## Fix now
Set `storage: true` on one version, the one that objects shall be written in. After it is changed, write all objects anew
before the old version goes: `kubectl get shops -A -o json | kubectl replace -f -`, then drop it from `status.storedVersions`.

## Workaround
None: it cannot be installed.

## Prevent
`+kubebuilder:storageversion` on one type only, definitions generated.

## Validate
`kubectl apply --dry-run=server -f CRD`.

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
  conversion: {strategy: Webhook, webhook: {conversionReviewVersions: [v1]}}
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
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.definition import versions


@rule(
    target="CustomResourceDefinition",
    severity=Severity.HIGH,
    facets=[Facet.WRITTEN],
    symptoms=(r"must have exactly one version marked as storage version",),
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    stored = [it for it in versions(resource) if it.at("storage").flag]
    if versions(resource) and len(stored) != 1:
        yield Fail(
            body.at("spec.versions"), f"{len(stored) or 'no'} versions are stored", expected="one version with storage: true", actual=""
        )
