"""A PodDisruptionBudget wants more pods than the autoscaler keeps.

## Why it matters
At night the autoscaler goes down to its minimum, and the budget is then broken by design: nothing may be evicted until load comes back.
Node upgrades, which run at night, hang.

## Five whys
1. Why did the upgrade hang from midnight to seven? A pod could not be evicted.
2. Why not? The budget wants ten pods, and five were running.
3. Why five? That is the minimum of the autoscaler, and nobody was shopping.
4. Why do the two numbers differ? The minimum was lowered to save money, and the budget stands in another file.

## Fix now
`kubectl patch pdb NAME --type=merge -p '{"spec":{"minAvailable":null,"maxUnavailable":1}}'`.

## Workaround
`kubectl patch hpa NAME -p '{"spec":{"minReplicas":N}}'` with N one more than the budget, for the time of the upgrade.

## Prevent
`maxUnavailable` instead of `minAvailable`: it follows the number of pods that there are.

## Validate
`kubectl get pdb NAME` at night shows `ALLOWED DISRUPTIONS` of at least 1.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: shop, image: "shop/web:1.4.2"}]}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: shop}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}, minReplicas: 5, maxReplicas: 20}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: shop}
spec:
  minAvailable: 10 # finding
  selector: {matchLabels: {app: shop}}
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: shop, image: "shop/web:1.4.2"}]}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: shop}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}, minReplicas: 5, maxReplicas: 20}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: shop}
spec:
  minAvailable: 4
  selector: {matchLabels: {app: shop}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.disruption import exceeded_minimum, pods_under


@rule(
    target="PodDisruptionBudget",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    aliases="polaris:pdbMinAvailableGreaterThanHPAMinReplicas kube-linter:pdb-min-available",
    symptoms=["Cannot evict pod as it would violate the pod's disruption budget"],
)
def check(budget: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    found = exceeded_minimum(resource, pods_under(resource, graph))
    if found is not None:
        wanted, kept, where = found
        message = f"it wants {wanted} pods, and the autoscaler keeps {kept} when there is little load: then nothing may be evicted"
        yield Fail(budget.at("spec.minAvailable"), message, expected="maxUnavailable: 1", related=(where,))
