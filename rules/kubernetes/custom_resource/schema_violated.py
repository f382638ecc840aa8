"""A custom resource does not fit the schema of its own definition.

## Why it matters
A wrong type or a missing field is refused by the API server (`spec.size: Invalid value: "string"`). A field that the schema
does not know is worse: it is dropped without a word, and the operator works with its default.

## Five whys
1. Why does the operator ignore the setting? The object in the cluster does not have it.
2. Why not? The API server dropped a field that the schema does not know.
3. Why was it written? The documentation is that of the next version.

## Fix now
Write the field as the definition has it: `kubectl explain shop.spec --recursive`. The finding names the nearest one.

## Workaround
Where the operator reads it from an annotation or a flag too, set it there.

## Prevent
Validate custom resources against the definitions in the repository on every pull request (this check does).

## Validate
`kubectl apply --dry-run=server --validate=strict -f FILE` prints no `unknown field`.

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
apiVersion: example.com/v1
kind: Shop
metadata: {name: main}
spec:
  size: "1" # finding
  mode: quick # finding
  sizes: 2 # finding
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
  mode: fast # finding
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
  mode: fast
  port: http
  labels: {a: b}
  free: {anything: [goes]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.definition import definition_of, deviations, is_custom, version_of
from auditor.views.kubernetes.schema import Kind, Problem


@rule(
    target="[A-Z]*",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    facets=[Facet.WRITTEN],
    symptoms=(r"spec.validation failure list", r"Invalid value: "),
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    definition = definition_of(resource, graph) if is_custom(resource) else None
    version = version_of(resource, definition) if definition is not None else None
    if version is None:
        return
    for problem in deviations(resource, version.at("schema.openAPIV3Schema")):
        message, expected = _in_words(problem)
        yield Fail(problem.where, message, expected=expected)


def _in_words(problem: Problem) -> tuple[str, str]:
    name, near = problem.name, problem.nearest
    match problem.kind:
        case Kind.UNKNOWN:
            return f"the definition has no field {name}, and it is dropped" + (
                f"; {near} may be meant" if near else ""
            ), near or f"no {name}"
        case Kind.WRONG_TYPE:
            return f"{name} has to be {problem.expected}", problem.expected
        case Kind.NOT_ALLOWED:
            return f"{name} does not take this value", f"one of {problem.expected}"
        case Kind.MISSING:
            return f"{name} is missing", name
