"""No PodDisruptionBudget protects a workload whose number of pods is left open.

## Why it matters
`replicas` is not written. Alone that means one; but it is also what one leaves out when something else scales: an autoscaler that is
deployed from elsewhere, or a person. As soon as there are two pods, nothing keeps a drain from evicting both at once.

## Five whys
1. Why were all pods evicted at once? No budget held one of them back.
2. Why was there none, with six pods? The manifest says nothing of six.
3. Why not? The autoscaler owns the number, and lives in another repository.

## Fix now
`kubectl create poddisruptionbudget NAME --selector=app=NAME --max-unavailable=1`.

## Workaround
Drain one node at a time, and wait for `kubectl rollout status` in between.

## Prevent
Ship a budget with `maxUnavailable: 1` with every workload: with one pod it is harmless.

## Validate
`kubectl get pdb NAME` shows `ALLOWED DISRUPTIONS` of 1.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}} # finding
    spec: {containers: [{name: web, image: "shop/web:1.4.2"}]}
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2"}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: web}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.disruption import is_protected
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.replica import is_scaled


@rule(
    target="Deployment StatefulSet DeploymentConfig Rollout CloneSet AdvancedStatefulSet",
    each=pods,
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="polaris:missingPodDisruptionBudget kube-score:deployment-has-poddisruptionbudget "
    "kube-score:statefulset-has-poddisruptionbudget",
)
def check(pod: Pod) -> Iterator[Fail]:
    workload = pod.resource
    if workload.at("spec.replicas").missing and not is_scaled(workload, pod.graph) and not is_protected(pod):
        yield Fail(
            pod.template, "replicas is left open, and no PodDisruptionBudget here selects these pods", expected="one with maxUnavailable: 1"
        )
