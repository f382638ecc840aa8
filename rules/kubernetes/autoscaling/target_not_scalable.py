"""An autoscaler of replicas names a kind that has none.

## Why it matters
A DaemonSet runs once on each node, a Job a number of times, a Pod once: none of them has a scale that could be changed. The autoscaler
reports `FailedGetScale` (`the server could not find the requested resource`) for ever.

## Five whys
1. Why does the agent not scale with load? Its autoscaler cannot read a scale.
2. Why? It targets a DaemonSet.
3. Why was it written? The autoscaler was copied from a Deployment when the workload became a DaemonSet.

## Fix now
Delete the autoscaler: `kubectl delete hpa NAME`. To give a DaemonSet's pods more room, use a VerticalPodAutoscaler, or write larger
requests.

## Workaround
None is needed: the autoscaler has no effect.

## Prevent
Keep the autoscaler in the same template as the workload, under the same condition.

## Validate
`kubectl get hpa` no longer shows `<unknown>` for it.

## Bad
```yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: agent}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: DaemonSet # finding
    name: agent
  maxReplicas: 10
```

## Good
```yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: web}
  maxReplicas: 10
---
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: {name: agent}
spec:
  targetRef: {apiVersion: apps/v1, kind: DaemonSet, name: agent}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Resource, Severity, rule
from auditor.views.kubernetes.scaler import HORIZONTAL, target_of

WITHOUT_SCALE = frozenset({"DaemonSet", "Job", "CronJob", "Pod", "Service"})


@rule(target=" ".join(HORIZONTAL), severity=Severity.HIGH, profile=Profile.GATE, symptoms=["FailedGetScale"])
def check(_: Node, resource: Resource) -> Iterator[Fail]:
    target = target_of(resource)
    if target is not None and target.kind in WITHOUT_SCALE:
        yield Fail(target.where.at("kind"), f"a {target.kind} has no replicas that could be changed", expected="Deployment or StatefulSet")
