"""An autoscaler aims at a utilization, but a container has no request.

## Why it matters
Utilization is a percentage of what all containers of the pod request. If one of them, a sidecar for instance, requests nothing, there is
no percentage for any pod: the autoscaler reports `FailedGetResourceMetric`, `missing request for cpu in container proxy`, and the
workload stays at its present size whatever the load.

## Five whys
1. Why did nothing scale at the peak? The autoscaler shows `<unknown>/70%`.
2. Why? It cannot compute the utilization.
3. Why? The sidecar has no CPU request.
4. Why was it fine before? The sidecar was added last week; its chart's `resources` are empty by default.

## Fix now
`kubectl set resources deployment/NAME -c CONTAINER --requests=cpu=50m` for each container that lacks one.

## Workaround
Let the metric look at one container only: `type: ContainerResource` with `containerResource: {name: cpu, container: web, ...}`.

## Prevent
A LimitRange with `defaultRequest` in the namespace gives every container a request.

## Validate
`kubectl get hpa NAME` shows a number in place of `<unknown>`; `ScalingActive` is `True`.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      initContainers:
        - name: proxy
          image: shop/proxy:2.0.1
          restartPolicy: Always
          resources:
            requests: {memory: 64Mi} # finding
      containers:
        - name: web
          image: shop/web:1.4.2
          resources: {requests: {cpu: 250m}}
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
```

```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - name: web # finding
          image: shop/web:1.4.2
---
apiVersion: autoscaling/v1
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 10
```

## Good
A limit or a LimitRange gives the request; a container's own metric, and one of plain amounts, need no others; init containers have ended.
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      initContainers:
        - name: migrate
          image: shop/web:1.4.2
      containers:
        - name: web
          image: shop/web:1.4.2
          resources: {limits: {cpu: "1"}}
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
    - type: Resource
      resource: {name: memory, target: {type: AverageValue, averageValue: 500Mi}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  template:
    spec:
      containers:
        - name: api
          image: shop/api:1.4.2
          resources: {requests: {cpu: 250m}}
        - name: proxy
          image: shop/proxy:2.0.1
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: api}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}
  maxReplicas: 10
  metrics:
    - type: ContainerResource
      containerResource: {name: cpu, container: api, target: {type: Utilization, averageUtilization: 70}}
```

```yaml
apiVersion: v1
kind: LimitRange
metadata: {name: defaults, namespace: shop}
spec: {limits: [{type: Container, defaultRequest: {cpu: 100m}}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    spec:
      containers: [{name: web, image: "shop/web:1.4.2"}]
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: web, namespace: shop}
spec:
  scaleTargetRef: {name: web}
  triggers:
    - {type: cpu, metricType: Utilization, metadata: {value: "70"}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.metric import metrics, whole
from auditor.views.kubernetes.pod import running_containers
from auditor.views.kubernetes.scaler import scalers_of
from auditor.views.kubernetes.vertical import manages
from auditor.views.kubernetes.workload import SCALABLE


@rule(
    target=" ".join(sorted(SCALABLE)),
    each=running_containers,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=["missing request for (cpu|memory)", "FailedGet(Container)?ResourceMetric", "FailedComputeMetricsReplicas"],
)
def check(it: Container) -> Iterator[Fail]:
    pod = it.pod
    reported = set()
    for scaler in scalers_of(pod.resource, pod.graph):
        for metric in metrics(scaler, pod.graph):
            name = metric.resource
            if metric.utilization is None or name in reported or metric.container not in ("", it.name):
                continue
            if it.request(name) is not None or manages(it, name):
                continue
            if metric.container or all(whole(pod, part, name) is None for part in ("requests", "limits")):
                reported.add(name)
                message = f"{scaler.address.text} aims at a share of the {name} request, and the {it.role} {it.name} has none"
                yield Fail(it.written_request(name), message, expected=f"a request for {name}", related=(metric.where,))
