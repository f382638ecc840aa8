"""A field holds a word that the API does not know.

## Why it matters
The API server refuses the object: `Unsupported value: "rollingUpdate": supported values: "OnDelete", "RollingUpdate"`. The
words are case-sensitive, and most of these errors are a wrong capital.

## Five whys
1. Why was the Service not changed? The API server refused it.
2. Why? `type: Loadbalancer` is not one of its words.
3. Why did the review miss it? It reads right.

## Fix now
Write one of the words that the finding lists, exactly.

## Workaround
Leave the field out where its default does: `kubectl explain KIND.spec.FIELD`.

## Prevent
An editor with the Kubernetes schema; server-side dry run in the pipeline.

## Validate
`kubectl apply --dry-run=server -f FILE`.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  type: Loadbalancer # finding
  selector: {app: shop}
  ports:
    - port: 53
      protocol: udp # finding
```

## Good
```yaml
apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  type: LoadBalancer
  selector: {app: shop}
  ports:
    - port: 53
      protocol: UDP
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Graph, Node, Profile, Resource, Severity, rule
from auditor.views.kubernetes import schema
from auditor.views.kubernetes.schema import Kind


@rule(
    target=schema.known_kinds(),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    facets=[Facet.WRITTEN, Facet.PLANNED],
    symptoms=(r"Unsupported value: ",),
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for problem in schema.problems(resource, graph):
        if problem.kind is Kind.NOT_ALLOWED:
            hint = f", {problem.nearest} may be meant" if problem.nearest else ""
            yield Fail(problem.where, f"{problem.name} does not take this word{hint}", expected=f"one of {problem.expected}")
