"""An autoscaler measures a container that the pods do not have.

## Why it matters
A `ContainerResource` metric names one container. When no container of the pods has that name, the autoscaler reports
`FailedGetContainerResourceMetric`, `container web not present in metrics for pod`, and does not scale by it.

## Five whys
1. Why did nothing scale? The metric of container `web` cannot be read.
2. Why? The container is called `app` since the chart was changed.
3. Why did nothing fail? The API server does not look at the workload.

## Fix now
Write the container's name as `kubectl get deployment NAME -o jsonpath='{.spec.template.spec.containers[*].name}'` prints it.

## Workaround
`type: Resource` measures the whole pod; every container then needs a request.

## Prevent
Let the name come from the same helper of the chart in both places.

## Validate
`kubectl get hpa NAME` shows a number in place of `<unknown>`.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - name: app
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
    - type: ContainerResource
      containerResource:
        name: cpu
        container: web # finding
        target: {type: Utilization, averageUtilization: 70}
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      initContainers:
        - {name: proxy, image: "shop/proxy:2.0.1", restartPolicy: Always}
      containers:
        - {name: app, image: "shop/web:1.4.2"}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 10
  metrics:
    - type: ContainerResource
      containerResource: {name: cpu, container: app, target: {type: Utilization, averageUtilization: 70}}
    - type: ContainerResource
      containerResource: {name: cpu, container: proxy, target: {type: AverageValue, averageValue: 100m}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.decide import undecided
from auditor.views.kubernetes.metric import Metric, measured, metrics, scaled_pods
from auditor.views.kubernetes.scaler import HORIZONTAL

INJECTED = frozenset({"istio-proxy", "linkerd-proxy", "envoy", "envoy-sidecar", "consul-dataplane", "daprd", "vault-agent", "kuma-sidecar"})
"""Containers that a mesh or an agent adds when the pods are made."""


@rule(
    target=" ".join(HORIZONTAL),
    each=metrics,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=["FailedGetContainerResourceMetric", "container \\S+ not present in metrics for pod"],
)
def check(it: Metric, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not it.container:
        return
    for pod in scaled_pods(resource, graph):
        if measured(pod, it):
            continue
        if it.container in INJECTED:
            raise undecided(it.named, f"{it.container} may be added when the pods are made")
        names = " or ".join(sorted(container.name for container in pod.running))
        yield Fail(it.named, f"the pods have no container {it.container}", expected=names, related=(pod.where.at("containers"),))
