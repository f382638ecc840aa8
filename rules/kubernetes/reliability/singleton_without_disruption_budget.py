"""No PodDisruptionBudget names a workload with one replica.

## Why it matters
A budget cannot keep the only pod alive through a drain: it either changes nothing or blocks the drain. One with `maxUnavailable: 1` is
harmless now, and is in place on the day the workload gets a second replica.

## Five whys
1. Why were both replicas evicted together? No budget held one of them back.
2. Why was there none? The workload had one replica when it was made, for which a budget is of no use.
3. Why was it not added later? The change to two replicas was one number.

## Fix now
`kubectl create poddisruptionbudget NAME --selector=app=NAME --max-unavailable=1`.

## Workaround
None is needed while there is one replica.

## Prevent
Make the budget a part of the template for new services.

## Validate
`kubectl get pdb NAME` shows `ALLOWED DISRUPTIONS` of 1.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: once}
spec:
  replicas: 1
  selector: {matchLabels: {app: once}}
  template:
    metadata: {labels: {app: once}} # finding
    spec: {containers: [{name: once, image: "shop/once:1.4.2"}]}
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: once}
spec:
  replicas: 1
  selector: {matchLabels: {app: once}}
  template:
    metadata: {labels: {app: once}}
    spec: {containers: [{name: once, image: "shop/once:1.4.2"}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: once}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: once}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.disruption import is_protected
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.replica import fewest_pods, is_scaled


@rule(
    target="Deployment DeploymentConfig Rollout CloneSet",
    each=pods,
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="polaris:missingPodDisruptionBudget",
)
def check(pod: Pod) -> Iterator[Fail]:
    workload = pod.resource
    if workload.at("spec.replicas").missing and not is_scaled(workload, pod.graph):
        return
    if fewest_pods(workload, pod.graph) in (0, 1) and not is_protected(pod):
        yield Fail(pod.template, "no PodDisruptionBudget here selects these pods", expected="one with maxUnavailable: 1")
