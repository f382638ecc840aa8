"""KEDA may scale to zero, and nothing could start a pod again.

## Why it matters
Triggers for CPU and memory measure pods. Where there is none, there is nothing to measure, so a ScaledObject that has only such triggers
cannot go to zero and come back. KEDA's webhook refuses it; older versions keep one pod, in spite of the manifest.

## Five whys
1. Why was the ScaledObject refused? All its triggers measure pods, and the minimum is 0.
2. Why is the minimum 0? It is when `minReplicaCount` is not written.
3. Why was it not written? For a HorizontalPodAutoscaler the default is 1.

## Fix now
`minReplicaCount: 1`, or a trigger that can see work without a pod: a queue, a cron, Prometheus.

## Workaround
A plain HorizontalPodAutoscaler does the same for CPU.

## Prevent
Write `minReplicaCount` in each ScaledObject.

## Validate
`kubectl apply --dry-run=server -f scaledobject.yaml` is accepted.

## Bad
```yaml
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: web}
spec:
  scaleTargetRef: {name: web} # finding
  triggers:
    - {type: cpu, metricType: Utilization, metadata: {value: "70"}}
    - {type: memory, metricType: Utilization, metadata: {value: "80"}}
```

## Good
```yaml
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: web}
spec:
  scaleTargetRef: {name: web}
  minReplicaCount: 2
  triggers:
    - {type: cpu, metricType: Utilization, metadata: {value: "70"}}
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: worker}
spec:
  scaleTargetRef: {name: worker}
  triggers:
    - {type: cpu, metricType: Utilization, metadata: {value: "70"}}
    - {type: kafka, metadata: {topic: orders}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.metric import RESOURCES
from auditor.views.kubernetes.scaler import minimum, minimum_node


@rule(target="ScaledObject", severity=Severity.MEDIUM, symptoms=["ScaledObject doesn't have correct triggers specification"])
def check(scaler: Node, resource: Resource) -> Iterator[Fail]:
    kinds = [item.at("type").text for item in scaler.each("spec.triggers")]
    if kinds and minimum(resource) == 0 and all(kind in RESOURCES for kind in kinds):
        yield Fail(minimum_node(resource), "CPU and memory of no pod start no pod: the minimum of 0 cannot work", expected="at least 1")
