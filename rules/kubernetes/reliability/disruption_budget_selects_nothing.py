"""A PodDisruptionBudget selects no pod.

## Why it matters
The budget is listed, and protects nothing: the pods that it was written for may all be evicted at once. A selector without a match is not
an error for the API server, and `kubectl get pdb` shows only that no disruptions are allowed, of zero pods.

## Five whys
1. Why were all replicas evicted together, though there is a budget? It counts no pod.
2. Why not? Its selector asks for labels that the pods do not carry.
3. Why do they differ? The selector was made from the labels of the Deployment, not of its pod template.
4. Why did no deployment fail? Selectors are not checked against anything.

## Fix now
Compare and correct: `kubectl get pdb NAME -o jsonpath='{.spec.selector}'; kubectl get pods --show-labels`, then `kubectl apply` the
budget with the labels of the template.

## Workaround
Drain one node at a time, and wait for the new pods in between.

## Prevent
Use the same template fragment for the labels of the pods and for all selectors.

## Validate
`kubectl describe pdb NAME` says how many pods are `Current` and `Total`: not 0.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, labels: {app: shop, release: blue}}
spec:
  replicas: 3
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: shop, image: "shop/web:1.4.2"}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: shop}
spec:
  maxUnavailable: 1
  selector:
    matchLabels: {app: shop, release: blue} # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: shop, image: "shop/web:1.4.2"}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: shop}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: shop}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: everything}
spec:
  maxUnavailable: 1
  selector: {}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.disruption import pods_elsewhere, protected, selector_of


@rule(target="PodDisruptionBudget", severity=Severity.MEDIUM, confidence=Confidence.FIRM, symptoms=["NoPods.*No matching pods found"])
def check(budget: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    selector, found = selector_of(resource), protected(resource, graph)
    if selector is None:
        where = budget.at("spec.selector")
        where = budget.at("spec") if where.missing else where
        yield Fail(
            where, "without labels in its selector it protects no pod", expected="a selector with the labels of the pods", actual="nothing"
        )
    elif found is not None and not pods_elsewhere(resource, graph) and found.decided(resource).missing:
        yield Fail(selector.where, f"no pod here carries {selector.show() or 'labels'}: it protects nothing", actual=selector.show())
