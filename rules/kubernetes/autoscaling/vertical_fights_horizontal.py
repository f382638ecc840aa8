"""Two autoscalers answer the same load, one with more pods, one with larger ones.

## Why it matters
The horizontal one divides the use by the request; the vertical one changes the request. When load rises, the vertical one raises the
request, the utilization falls, and the horizontal one takes pods away, which raises the load of the others. Pods are restarted in
waves, at the worst time. Both projects say not to combine them on CPU or memory.

## Five whys
1. Why do pods restart every few minutes under load? The VerticalPodAutoscaler evicts them to change their requests.
2. Why does their number fall at the same time? With larger requests the utilization looks low.
3. Why do both look at CPU? Each was added by another team, and the default of the vertical one is CPU and memory.

## Fix now
Let the vertical one only recommend: `kubectl patch vpa NAME --type=merge -p '{"spec":{"updatePolicy":{"updateMode":"Off"}}}'`.

## Workaround
Fix the replicas for the time of the peak: equal `minReplicas` and `maxReplicas`.

## Prevent
Split the resources: `controlledResources: [memory]` for the vertical one, CPU for the horizontal one; or scale by a metric of the
application.

## Validate
`kubectl get events --field-selector reason=EvictedByVPA` is empty, and `kubectl get hpa NAME -w` is calm.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - {name: web, image: "shop/web:1.4.2", resources: {requests: {cpu: 250m}}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 10
---
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: {name: web}
spec:
  targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  updatePolicy:
    updateMode: Auto # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - {name: web, image: "shop/web:1.4.2", resources: {requests: {cpu: 250m}}}
        - {name: proxy, image: "shop/proxy:2.0.1", resources: {requests: {cpu: 50m}}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 10
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
    - type: External
      external: {metric: {name: queue}, target: {type: AverageValue, averageValue: "30"}}
---
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: {name: web}
spec:
  targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  resourcePolicy:
    containerPolicies:
      - {containerName: proxy, mode: "Off"}
      - {containerName: "*", controlledResources: [memory]}
---
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: {name: advice}
spec:
  targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  updatePolicy: {updateMode: "Off"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.metric import Metric, measured, metrics
from auditor.views.kubernetes.pod import pods
from auditor.views.kubernetes.scaler import HORIZONTAL, look_up_target, rivals
from auditor.views.kubernetes.vertical import acts, controlled


@rule(target="VerticalPodAutoscaler", severity=Severity.HIGH, confidence=Confidence.FIRM, symptoms=["EvictedByVPA", "EvictedPod.*VPA"])
def check(scaler: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    horizontal = rivals(resource, graph, *HORIZONTAL)
    if not horizontal or not acts(resource):
        return
    for other in horizontal:
        for metric in metrics(other, graph):
            if metric.utilization is not None and metric.resource in _controlled(resource, metric, graph):
                message = f"{other.address.text} scales by the {metric.resource} that this autoscaler changes the request of"
                yield Fail(_mode(scaler), message, expected="Off, or other resources", related=(metric.where,))
                return


def _controlled(scaler: Resource, metric: Metric, graph: Graph) -> frozenset[str]:
    """The resources that the vertical autoscaler sets for the containers that a metric looks at."""
    found = look_up_target(scaler, graph)
    seen = [it for target in (found.targets if found else ()) for pod in pods(target, graph) for it in measured(pod, metric)]
    names = [it.name for it in seen] or [metric.container]
    return frozenset().union(*(controlled(scaler, name) for name in names))


def _mode(scaler: Node) -> Node:
    mode = scaler.at("spec.updatePolicy.updateMode")
    return mode if mode.present else scaler.at("spec.targetRef")
