"""No PodDisruptionBudget protects the replicas of a workload.

## Why it matters
A drain evicts all pods of a node at once, and two people (or an autoscaler and an upgrade) drain two nodes at once. Without a budget
nothing holds back the eviction of the last replica: redundancy that was paid for is gone in the minute when it is needed.

## Five whys
1. Why were all three replicas away at the same time? Three nodes were drained together by the node pool's upgrade.
2. Why did the drain not wait for new pods? Nothing told it how many must stay.
3. Why not? There is no PodDisruptionBudget whose selector matches the pods.
4. Why was none written? Replicas were thought to protect by themselves.

## Fix now
`kubectl create poddisruptionbudget NAME --selector=app=NAME --max-unavailable=1`; it holds for the next eviction, without a restart.

## Workaround
Drain one node at a time and wait: `kubectl rollout status deploy/NAME` between two nodes.

## Prevent
Ship a budget with `maxUnavailable: 1` beside every workload with more than one replica: it is right for every number of replicas.

## Validate
`kubectl get pdb NAME` shows `ALLOWED DISRUPTIONS` of 1, and `kubectl describe pdb NAME` the number of pods that it counts.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop, tier: web}} # finding
    spec: {containers: [{name: shop, image: "shop/web:1.4.2"}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: api}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: api, tier: web}}
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
    metadata: {labels: {app: shop, tier: web}}
    spec: {containers: [{name: shop, image: "shop/web:1.4.2"}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: shop}
spec:
  maxUnavailable: 1
  selector: {matchExpressions: [{key: app, operator: In, values: [shop, api]}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: once}
spec:
  selector: {matchLabels: {app: once}}
  template:
    metadata: {labels: {app: once}}
    spec: {containers: [{name: once, image: "shop/once:1.4.2"}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.disruption import is_protected
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.replica import fewest_pods


@rule(
    target="Deployment StatefulSet DeploymentConfig Rollout CloneSet AdvancedStatefulSet",
    each=pods,
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="polaris:missingPodDisruptionBudget kube-score:deployment-has-poddisruptionbudget "
    "kube-score:statefulset-has-poddisruptionbudget",
)
def check(pod: Pod) -> Iterator[Fail]:
    least = fewest_pods(pod.resource, pod.graph)
    if least is not None and least > 1 and not is_protected(pod):
        message = f"no PodDisruptionBudget here selects these pods: all {least} may be evicted at once"
        yield Fail(pod.template, message, expected="a PodDisruptionBudget with maxUnavailable: 1")
