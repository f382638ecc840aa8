"""An autoscaler waits for a load that the limits do not let happen.

## Why it matters
Utilization is use divided by request, and use ends at the limit. With a limit equal to the request it never passes 100 %, so a target of
120 % is never reached; neither is an average of `800m` with a limit of `500m`. The pods are throttled (CPU) or killed (memory), and
the autoscaler sees no reason to add one.

## Five whys
1. Why were requests slow while the autoscaler stayed at its minimum? The load it waits for never came.
2. Why not? The containers may use 500m CPU at most, and the target is 600m.
3. Why? The limit was lowered to save nodes, and the target belongs to the old one.
4. Why did no one notice? The autoscaler is healthy, it shows `100%/120%`.

## Fix now
`kubectl patch hpa NAME --type=json -p '[{"op":"replace","path":"/spec/metrics/0/resource/target/averageUtilization","value":70}]'`: at
most 80 % of limit / request.

## Workaround
`kubectl scale deployment/NAME --replicas=N` and raise `minReplicas` to N, so that it stays.

## Prevent
Leave out CPU limits on what is scaled by CPU, or keep targets below 80 % of the limit in the chart.

## Validate
Under load, `kubectl get hpa NAME -w` shows the current value pass the target, and replicas follow.

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
          resources: {requests: {cpu: 500m, memory: 512Mi}, limits: {cpu: 500m, memory: 512Mi}}
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
          averageUtilization: 120 # finding
    - type: Resource
      resource:
        name: memory
        target:
          type: AverageValue
          averageValue: 600Mi # finding
```

```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: worker}
spec:
  template:
    spec:
      containers:
        - name: worker
          image: shop/worker:1.4.2
          resources: {limits: {cpu: "1"}}
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: worker}
spec:
  scaleTargetRef: {name: worker}
  triggers:
    - type: cpu
      metricType: Utilization
      metadata:
        value: "100" # finding
```

## Good
The sum of the containers counts, and one without a limit has no end.
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
          resources: {requests: {cpu: 500m}, limits: {cpu: 500m}}
        - name: proxy
          image: shop/proxy:2.0.1
          resources: {requests: {cpu: 100m}, limits: {cpu: "1"}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 10
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 200}}
    - type: ContainerResource
      containerResource: {name: cpu, container: web, target: {type: Utilization, averageUtilization: 70}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: free}
spec:
  template:
    spec:
      containers:
        - name: free
          image: shop/free:1.4.2
          resources: {requests: {cpu: 100m}}
---
apiVersion: autoscaling/v1
kind: HorizontalPodAutoscaler
metadata: {name: free}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: free}
  maxReplicas: 10
  targetCPUUtilizationPercentage: 500
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.metric import Metric, highest, metrics, scaled_pods
from auditor.views.kubernetes.scaler import HORIZONTAL


@rule(target=" ".join(HORIZONTAL), each=metrics, severity=Severity.HIGH)
def check(it: Metric, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for pod in scaled_pods(resource, graph):
        top = highest(pod, it)
        if top is None or it.aim is None or it.aim < top:
            continue
        if it.utilization is not None:
            reach = f"{float(top):.3g} % of its request, never more than {float(it.aim):g} %"
            message = f"the limits let the {it.resource} of a pod reach {reach}"
            yield Fail(it.where, message, expected=f"at most {int(top * 8 / 10)}", related=(pod.where.at("containers"),))
        else:
            shown, aim = quantity.show(it.resource, top), quantity.show(it.resource, it.aim)
            message = f"the limits let a pod use {shown} of {it.resource}, never more than {aim}"
            yield Fail(it.where, message, expected=f"well below {shown}", related=(pod.where.at("containers"),))
