"""An autoscaler's target is so near to the limits that it never adds a pod.

## Why it matters
The autoscaler does nothing while a metric is within 10 % of its target. With limits equal to requests the use ends at 100 %; a target of
95 % would need 104.5 % before a pod is added. It looks as if it were about to scale, and never does.

## Five whys
1. Why did the autoscaler stay at two pods at `100%/95%`? The difference is within its tolerance.
2. Why is there no larger difference? The limits stop the use at 100 % of the request.
3. Why 95 %? Nodes should be used well.
4. Why is the tolerance not known? It is a flag of the controller manager, and stands in no manifest.

## Fix now
Lower the target to 70 or 80 %: `kubectl patch hpa NAME --type=json -p
'[{"op":"replace","path":"/spec/metrics/0/resource/target/averageUtilization","value":75}]'`.

## Workaround
Raise `minReplicas` for the time of the load.

## Prevent
Where the cluster supports it, set `behavior.scaleUp.tolerance` next to a target that is that high.

## Validate
Under full load `kubectl describe hpa NAME` shows `SuccessfulRescale`.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
          resources: {limits: {cpu: "1", memory: 512Mi}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 10
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 95 # finding
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
        - name: web
          image: shop/web:1.4.2
          resources: {limits: {cpu: "1", memory: 512Mi}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 10
  behavior: {scaleUp: {tolerance: 0.02}}
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 95}}
    - type: Resource
      resource: {name: memory, target: {type: Utilization, averageUtilization: 90}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.metric import TOLERANCE, Metric, highest, metrics, scaled_pods
from auditor.views.kubernetes.scaler import HORIZONTAL


@rule(target=" ".join(HORIZONTAL), each=metrics, severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(it: Metric, resource: Resource, graph: Graph) -> Iterator[Fail]:
    written = quantity.of(resource.at("spec.behavior.scaleUp.tolerance"))
    tolerance = TOLERANCE if written is None else written
    for pod in scaled_pods(resource, graph):
        top = highest(pod, it)
        if top is not None and it.aim is not None and it.aim < top <= it.aim * (1 + tolerance):
            room = float(top / it.aim * 100 - 100)
            message = f"the limits end {room:.2g} % above the target, and a pod is added from {float(tolerance * 100):g} % on"
            yield Fail(it.where, message, expected="at most 80 % of what the limits allow", related=(pod.where.at("containers"),))
