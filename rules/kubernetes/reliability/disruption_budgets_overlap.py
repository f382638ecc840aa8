"""Two PodDisruptionBudgets protect the same pods.

## Why it matters
The eviction API refuses to evict a pod that more than one budget selects, with an internal error and not with "try later": drains, node
upgrades and the autoscaler stop at this pod, whatever the numbers in the budgets say.

## Five whys
1. Why does the drain fail? "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support."
2. Why has it two? The chart brings one, and the platform team added one for all pods with the label `tier: web`.
3. Why did neither see the other? They stand in different folders, and the API server takes both.

## Fix now
Delete one: `kubectl delete pdb NAME`; the drain goes on at once.

## Workaround
Move the pod by hand: `kubectl delete pod POD` is not held back by budgets.

## Prevent
One budget per workload, shipped with it, with the selector of the workload.

## Validate
`kubectl drain NODE --ignore-daemonsets --dry-run=server` ends without an error.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop, tier: web}}
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
metadata: {name: web}
spec:
  maxUnavailable: 1
  selector:
    matchLabels: {tier: web} # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, namespace: blue}
spec:
  replicas: 3
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop, tier: web}}
    spec: {containers: [{name: shop, image: "shop/web:1.4.2"}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: shop, namespace: blue}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: shop}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: shop, namespace: green}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: shop}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: jobs, namespace: blue}
spec:
  maxUnavailable: 1
  selector: {matchExpressions: [{key: tier, operator: NotIn, values: [web]}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Profile, Resource, Severity, rule
from auditor.views.kubernetes.disruption import rivals


@rule(
    target="PodDisruptionBudget",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=["more than one PodDisruptionBudget, which the eviction subresource does not support"],
)
def check(budget: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for other, pod in rivals(resource, graph):
        name = other.at("metadata.name").text
        message = f"the budget {name} protects the pods of {pod.resource.address.text} too: none of them can be evicted"
        yield Fail(budget.at("spec.selector"), message, expected="one budget", related=(other.at("spec.selector"),))
        return
