"""An autoscaler goes down to two replicas, so one is alone while the other moves.

## Why it matters
With two pods, each drain leaves one, and a fault at that moment is an outage; it also takes twice its usual load until the other is
back. Three survive a drain and a fault together. Whether that is worth a pod day and night is for the owner to say.

## Five whys
1. Why was the shop down during the node upgrade? The pod that was left crashed under the double load.
2. Why was one left? The autoscaler's minimum is two, and one of them was being moved.
3. Why is it two? Two are enough while nothing happens.

## Fix now
`kubectl patch hpa NAME -p '{"spec":{"minReplicas":3}}'`.

## Workaround
Raise it before the upgrade, lower it afterwards.

## Prevent
Three replicas over three zones for what customers wait for.

## Validate
`kubectl get hpa NAME` shows MINPODS 3.

## Bad
```yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2 # finding
  maxReplicas: 10
```

## Good
```yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 3
  maxReplicas: 10
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.scaler import minimum, minimum_node


@rule(
    target="HorizontalPodAutoscaler",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="kube-linter:hpa-minimum-three-replicas",
)
def check(_: Node, resource: Resource) -> Iterator[Fail]:
    if minimum(resource) == 2:
        yield Fail(minimum_node(resource), "of two pods one is alone while the other is moved", expected="at least 3")
