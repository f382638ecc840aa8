"""Nothing keeps the replicas of a workload on different nodes.

## Why it matters
The scheduler prefers to spread, but it does not have to: after a drain or on a nearly full cluster all replicas may sit on one node. When
that node fails the redundancy fails with it.

## Five whys
1. Why was the service down when one node failed? All three pods ran on it.
2. Why? They were scheduled in the minute when it was the only node with room.
3. Why did the scheduler accept that? Neither an anti-affinity nor a spread constraint said otherwise.
4. Why were they not moved later? Nothing moves running pods.

## Fix now
See where they are: `kubectl get pods -l app=NAME -o wide`. `kubectl rollout restart deploy/NAME` spreads them again when there is room.

## Workaround
`kubectl cordon NODE`, delete one of its pods, `kubectl uncordon NODE`.

## Prevent
`topologySpreadConstraints: [{maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway, labelSelector:
{matchLabels: {app: NAME}}}]`, and a second one with `topology.kubernetes.io/zone`.

## Validate
`kubectl get pods -l app=NAME -o jsonpath='{.items[*].spec.nodeName}'` names different nodes.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers: [{name: shop, image: "shop/web:1.4.2"}] # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers: [{name: shop, image: "shop/web:1.4.2"}]
      topologySpreadConstraints:
        - {maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {app: shop}}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: queue}
spec:
  replicas: 3
  serviceName: queue
  selector: {matchLabels: {app: queue}}
  template:
    metadata: {labels: {app: queue}}
    spec:
      containers: [{name: queue, image: "shop/queue:1.4.2"}]
      affinity:
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 100
              podAffinityTerm:
                topologyKey: kubernetes.io/hostname
                labelSelector: {matchExpressions: [{key: app, operator: In, values: [queue]}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: once}
spec:
  selector: {matchLabels: {app: once}}
  template:
    metadata: {labels: {app: once}}
    spec: {containers: [{name: once, image: "shop/once:1.4.2"}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.replica import fewest_pods
from auditor.views.kubernetes.spread import keeps_apart


@rule(
    target="Deployment StatefulSet ReplicaSet ReplicationController DeploymentConfig Rollout CloneSet AdvancedStatefulSet",
    each=pods,
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="kube-linter:no-anti-affinity kube-score:deployment-has-host-podantiaffinity "
    "kube-score:statefulset-has-host-podantiaffinity polaris:topologySpreadConstraint",
)
def check(pod: Pod) -> Iterator[Fail]:
    least = fewest_pods(pod.resource, pod.graph)
    if least is not None and least > 1 and not keeps_apart(pod):
        message = f"all {least} replicas may run on one node"
        yield Fail(pod.where, message, expected="a topology spread constraint or an anti-affinity with the pods' own labels")
