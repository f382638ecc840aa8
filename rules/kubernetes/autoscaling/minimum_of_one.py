"""An autoscaler is told to go down to one replica.

## Why it matters
Whatever the pod does stops while it moves to another node. For a worker that catches up afterwards this is fine, so this is advice; when
a Service of the bundle selects the pods, another rule says so louder.

## Five whys
1. Why did the queue grow during the upgrade? The only worker was being moved, six times.
2. Why was there one? The autoscaler's minimum is 1.
3. Why? It is the number that examples show.

## Fix now
`kubectl patch hpa NAME -p '{"spec":{"minReplicas":2}}'` where a pause matters.

## Workaround
Drain nodes when the queue is empty.

## Prevent
Say in the values file why it is one, or make it two.

## Validate
`kubectl get hpa NAME` shows MINPODS 2.

## Bad
```yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: worker}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: worker}
  minReplicas: 1 # finding
  maxReplicas: 10
```

## Good
```yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: worker}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: worker}
  minReplicas: 2
  maxReplicas: 10
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.pod import pods
from auditor.views.kubernetes.scaler import look_up_target, minimum, minimum_node
from auditor.views.kubernetes.traffic import is_served


@rule(
    target="HorizontalPodAutoscaler",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="polaris:hpaMinAvailability kube-linter:hpa-minimum-three-replicas kube-score:horizontalpodautoscaler-replicas",
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    where = minimum_node(resource)
    if where.present and minimum(resource) == 1 and not _is_served(resource, graph):
        yield Fail(where, "the autoscaler goes down to a single pod", expected="at least 2")


def _is_served(scaler: Resource, graph: Graph) -> bool:
    """Whether a Service selects the pods; a target that is not here is served by nothing that is here."""
    found = look_up_target(scaler, graph)
    return any(is_served(pod) for target in (found.targets if found else ()) for pod in pods(target, graph))
