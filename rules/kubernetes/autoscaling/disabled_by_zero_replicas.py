"""A workload with zero replicas switches its autoscaler off.

## Why it matters
A HorizontalPodAutoscaler does not touch a workload whose replicas are 0: that is the documented way to switch it off. With the number in
the manifest every apply switches it off, and no load brings a pod back (`ScalingDisabled`).

## Five whys
1. Why is there no pod, though the autoscaler's minimum is 2? The autoscaler is disabled.
2. Why? The workload has 0 replicas.
3. Why? The number was written to stop it for a while, and is still there.

## Fix now
`kubectl scale deployment/NAME --replicas=2`; the autoscaler takes over. Delete `replicas` from the manifest.

## Workaround
None beyond the command above.

## Prevent
Stop a workload with `kubectl scale` alone, or with a flag of the chart that leaves out the autoscaler as well.

## Validate
`kubectl get hpa NAME -o jsonpath='{.status.conditions[?(@.type=="ScalingActive")].reason}'` does not print `ScalingDisabled`.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 0 # finding
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 30
```

## Good
KEDA wakes a workload from zero.
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: worker}
spec:
  replicas: 0
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: worker}
spec:
  scaleTargetRef: {name: worker}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.scaler import scalers_of
from auditor.views.kubernetes.workload import SCALABLE


@rule(
    target=" ".join(sorted(SCALABLE)),
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=["ScalingDisabled", "scaling is disabled since the replica count of the target is zero"],
)
def check(workload: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    replicas = workload.at("spec.replicas")
    scalers = scalers_of(resource, graph, "HorizontalPodAutoscaler") if replicas.number == 0 else ()
    if scalers:
        message = f"zero replicas switch {scalers[0].address.text} off: no load brings a pod back"
        yield Fail(replicas, message, expected="no number", related=(scalers[0].body,))
