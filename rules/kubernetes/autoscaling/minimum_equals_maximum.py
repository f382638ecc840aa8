"""An autoscaler may only keep one number of replicas.

## Why it matters
With equal bounds it can never change anything: the workload looks scaled, and is not. Sometimes that is meant, to freeze it for a while;
then it is often forgotten.

## Five whys
1. Why did the workload stay at four replicas under load? Its autoscaler may not go higher.
2. Why? Minimum and maximum are both 4.
3. Why? They were made equal during an incident, and never put back.

## Fix now
`kubectl patch hpa NAME -p '{"spec":{"maxReplicas":12}}'`, if the cluster has room for twelve.

## Workaround
`kubectl scale` does not help, the autoscaler puts it back; raise both bounds.

## Prevent
Freeze with `behavior.scaleDown.selectPolicy: Disabled` instead: it still grows.

## Validate
`kubectl get hpa NAME` shows MINPODS below MAXPODS, and `ScalingLimited` is `False`.

## Bad
```yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 4
  maxReplicas: 4 # finding
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: api}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}
  maxReplicas: 1 # finding
```

## Good
```yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 4
  maxReplicas: 12
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: worker}
spec:
  scaleTargetRef: {name: worker}
  idleReplicaCount: 0
  minReplicaCount: 4
  maxReplicaCount: 4
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.scaler import HORIZONTAL, maximum, maximum_node, minimum


@rule(target=" ".join(HORIZONTAL), severity=Severity.LOW, confidence=Confidence.LIKELY, aliases="polaris:hpaMaxAvailability")
def check(_: Node, resource: Resource) -> Iterator[Fail]:
    most = maximum(resource)
    if most is not None and minimum(resource) == most and resource.at("spec.idleReplicaCount").missing:
        yield Fail(maximum_node(resource), f"minimum and maximum are both {most}: nothing is ever scaled", expected=f"more than {most}")
