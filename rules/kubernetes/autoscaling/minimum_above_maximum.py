"""The smallest number of replicas is larger than the largest.

## Why it matters
The API server refuses such a HorizontalPodAutoscaler (`must be greater than or equal to minReplicas`), KEDA's webhook such a
ScaledObject. The release stops there; where an older object exists, that one goes on with its old numbers.

## Five whys
1. Why did the release fail? One object was refused.
2. Why? `minReplicas` is 6 and `maxReplicas` 5.
3. Why? An overlay raises the minimum, and takes the maximum from the base.

## Fix now
Raise the maximum above the minimum: `kubectl patch hpa NAME -p '{"spec":{"maxReplicas":12}}'`.

## Workaround
`kubectl scale deployment/NAME --replicas=N` works while there is no autoscaler.

## Prevent
Write both numbers in the same file of each environment.

## Validate
`kubectl apply --dry-run=server -f FILE`.

## Bad
```yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 6 # finding
  maxReplicas: 5
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: worker}
spec:
  scaleTargetRef: {name: worker}
  idleReplicaCount: 2 # finding
  minReplicaCount: 2
```

## Good
```yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 5
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: worker}
spec:
  scaleTargetRef: {name: worker}
  idleReplicaCount: 0
  minReplicaCount: 50
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Resource, Severity, rule
from auditor.views.kubernetes.scaler import HORIZONTAL, maximum, minimum, minimum_node


@rule(
    target=" ".join(HORIZONTAL),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="polaris:hpaMaxAvailability",
    symptoms=["must be greater than or equal to .?minReplicas"],
)
def check(_: Node, resource: Resource) -> Iterator[Fail]:
    idle = resource.at("spec.idleReplicaCount")
    number = idle.number
    if number is not None and number >= minimum(resource):
        yield Fail(idle, f"idle with {number:g} replicas, which is not less than the minimum of {minimum(resource)}", expected="0")
    most = maximum(resource)
    if most is not None and minimum(resource) > most:
        message = f"the minimum of {minimum(resource)} replicas is above the maximum of {most}"
        yield Fail(minimum_node(resource), message, expected=f"at most {most}")
