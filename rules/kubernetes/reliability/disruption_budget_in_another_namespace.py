"""A PodDisruptionBudget stands in another namespace than the pods that it means.

## Why it matters
A budget sees the pods of its own namespace only. The pods that carry its labels are in another one, and are evicted as if there were no
budget.

## Five whys
1. Why did the budget not hold back the eviction? It counts no pods.
2. Why not, though the labels are right? The pods run in another namespace.
3. Why does the budget not? It names `namespace: default`, or the chart's other objects were moved and it was forgotten.

## Fix now
Apply the same budget where the pods are: `kubectl get pdb NAME -n OLD -o yaml | sed 's/namespace: OLD/namespace: NEW/' | kubectl apply -f
-`, and delete the old one.

## Workaround
Drain one node at a time until that is done.

## Prevent
Write no `metadata.namespace` in the manifests; let whoever applies them say it once for all (`-n`, `namespace:` of the kustomization).

## Validate
`kubectl get pdb -A` shows the budget in the namespace of the pods, with at least one allowed disruption.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, namespace: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: shop, image: "shop/web:1.4.2"}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: shop
  namespace: platform # finding
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: shop}}
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, namespace: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: shop, image: "shop/web:1.4.2"}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: shop, namespace: shop}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: shop}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: anything, namespace: platform}
spec:
  maxUnavailable: 1
  selector: {}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.disruption import pods_elsewhere, pods_under
from auditor.views.kubernetes.replica import must_be_whole


@rule(target="PodDisruptionBudget", severity=Severity.MEDIUM, confidence=Confidence.FIRM, symptoms=["NoPods.*No matching pods found"])
def check(budget: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    others = pods_elsewhere(resource, graph)
    if others and not pods_under(resource, graph):
        must_be_whole(graph, resource)
        pod = others[0]
        message = f"it protects nothing: the pods of {pod.resource.address.text} are in the namespace {pod.namespace}"
        yield Fail(budget.at("metadata.namespace"), message, expected=str(pod.namespace), related=(pod.resource.at("metadata.namespace"),))
