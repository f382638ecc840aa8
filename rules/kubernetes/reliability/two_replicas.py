"""A workload has two replicas, so one of them is alone during each disruption.

## Why it matters
While a node is drained or a zone fails, the other pod carries all traffic, and a second fault at that time is an outage. With three, a
drain and a fault can fall together. Whether that is worth a pod is a question of how much an outage costs.

## Five whys
1. Why did the outage happen, with two replicas? One was being moved when the node of the other failed.
2. Why was there no third? Two were thought to be enough for one failure.
3. Why were there two failures? Planned drains happen every week, so the next fault often meets one.

## Fix now
`kubectl scale deploy/NAME --replicas=3`.

## Workaround
Drain at times of little traffic, one node at a time.

## Prevent
Three replicas over three zones for what customers wait for.

## Validate
`kubectl get pods -l app=NAME -o wide` shows three nodes.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2 # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec: {}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: api}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}, minReplicas: 3, maxReplicas: 6}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.replica import is_scaled
from auditor.views.kubernetes.workload import replicas


@rule(
    target="Deployment DeploymentConfig Rollout CloneSet",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="kube-linter:minimum-three-replicas",
)
def check(workload: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if replicas(resource) == 2 and not is_scaled(resource, graph):
        yield Fail(workload.at("spec.replicas"), "two replicas: one of them is alone while the other is moved", expected="at least 3")
