"""An autoscaler leaves a single pod behind a Service.

## Why it matters
In quiet hours one pod answers for everybody. A drained node, an eviction or a crash at that time is an outage until another pod has
started, and the first requests of the morning meet one pod that is already busy.

## Five whys
1. Why was the site down for a minute at 04:00? Its only pod was moved to another node.
2. Why was it the only one? The autoscaler had gone down to its minimum.
3. Why is that one? `minReplicas` is 1, which it also is when nothing is written.

## Fix now
`kubectl patch hpa NAME -p '{"spec":{"minReplicas":2}}'`.

## Workaround
A PodDisruptionBudget with `maxUnavailable: 0` for the night keeps drains away, but not crashes.

## Prevent
`minReplicas: 2` and a topology spread over zones as the default of the chart, with an exception for development.

## Validate
`kubectl get hpa NAME` shows MINPODS 2, and `kubectl get endpointslices -l kubernetes.io/service-name=NAME` two addresses at night.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2"}]}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 1 # finding
  maxReplicas: 10
```

## Good
A worker that no Service selects may well run alone.
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: worker}
spec:
  selector: {matchLabels: {app: worker}}
  template:
    metadata: {labels: {app: worker}}
    spec: {containers: [{name: worker, image: "shop/worker:1.4.2"}]}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: worker}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: worker}
  minReplicas: 1
  maxReplicas: 10
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.metric import scaled_pods
from auditor.views.kubernetes.scaler import HORIZONTAL, minimum, minimum_node
from auditor.views.kubernetes.traffic import is_served


@rule(
    target=" ".join(HORIZONTAL),
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="polaris:hpaMinAvailability kube-linter:hpa-minimum-three-replicas kube-score:horizontalpodautoscaler-replicas",
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if minimum(resource) != 1:
        return
    for pod in scaled_pods(resource, graph):
        if is_served(pod):
            message = f"in quiet hours a single pod of {pod.resource.address.text} answers for its Service"
            yield Fail(minimum_node(resource), message, expected="at least 2")
