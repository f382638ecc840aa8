"""A NetworkPolicy selects neither pods nor peers.

## Why it matters
`podSelector` is required; an object without it is refused by newer API servers and taken as "all pods of the namespace" by older ones.
Together with rules that name no pods and no namespaces it governs everything and tells nobody apart.

## Five whys
1. Why are all pods of the namespace governed by a policy that was meant for one? It has no `podSelector`.
2. Why none? The selector was lost when the manifest was copied, and an empty one means all.

## Fix now
Write `podSelector` with the labels of the pods, or `podSelector: {}` where all are meant.

## Workaround
Move the policy out of the namespace until it is complete.

## Prevent
`kubectl apply --dry-run=server` in the pipeline.

## Validate
`kubectl describe networkpolicy NAME` prints the `PodSelector` that is meant.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  ingress: # finding
    - from: [{}]
```

## Good
```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: all}
spec: {podSelector: {}, policyTypes: [Ingress]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec: {ingress: [{from: [{podSelector: {matchLabels: {app: proxy}}}]}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.policy_index import is_policy


@rule(target="NetworkPolicy", severity=Severity.MEDIUM, aliases="KSV-0038 AVD-KSV-0038")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not is_policy(resource) or _selects(body.at("spec")):
        return
    ends = [end for path in ("ingress.from", "egress.to") for end in body.each(f"spec.{path}")]
    if not any(_selects(end) for end in ends):
        listing = body.at("spec.podSelector")
        yield Fail(listing, "the policy has no podSelector, and its rules select nothing", "podSelector")


def _selects(table: Node) -> bool:
    """Whether a table has a selector, be it an empty one."""
    return isinstance(table.value, dict) and bool(table.value.keys() & {"podSelector", "namespaceSelector"})
