"""A PodDisruptionBudget never lets a pod be evicted.

## Why it matters
`kubectl drain`, node upgrades and the cluster autoscaler evict pods and wait while a budget says no. This one says no for ever: the
upgrade of the whole node pool hangs, and somebody deletes the budget at night. A percentage of the pods rounds **up**, so `minAvailable:
60%` of two pods is both.

## Five whys
1. Why does the node upgrade hang? A pod cannot be evicted: "would violate the pod's disruption budget".
2. Why not? The budget wants as many pods as the workload has at its fewest.
3. Why so many? `minAvailable: 1` was written for a workload that has one replica (or whose autoscaler goes down to one).
4. Why did nobody notice? A budget has no effect until the first drain.

## Fix now
`kubectl patch pdb NAME --type=merge -p '{"spec":{"minAvailable":null,"maxUnavailable":1}}'`; the waiting drain goes on within seconds.

## Workaround
Make one more pod for the time of the drain: `kubectl scale deploy/NAME --replicas=N+1` (raise `minReplicas` where an autoscaler decides).
For a single pod that must be moved by hand: `kubectl delete pod POD`, which no budget holds back.

## Prevent
`maxUnavailable: 1` is right for every number of replicas; `minAvailable` has to be looked after with each change of them.

## Validate
`kubectl get pdb NAME` shows `ALLOWED DISRUPTIONS` of at least 1, and `kubectl drain NODE --ignore-daemonsets --dry-run=server` passes.

## Bad
```yaml
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: queue}
spec:
  serviceName: queue
  replicas: 2
  selector: {matchLabels: {app: queue}}
  template:
    metadata: {labels: {app: queue}}
    spec: {containers: [{name: queue, image: "shop/queue:1.4.2"}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: queue}
spec:
  minAvailable: 60% # finding
  selector: {matchLabels: {app: queue}}
```
```yaml
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: elsewhere}
spec:
  maxUnavailable: 0 # finding
  selector: {matchLabels: {app: elsewhere}}
```
```yaml
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: shop, image: "shop/web:1.4.2"}]}
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: shop}
spec:
  scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: shop}
  minReplicaCount: 1
  triggers: []
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: shop}
spec:
  minAvailable: 1 # finding
  selector: {matchLabels: {app: shop}}
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: shop, image: "shop/web:1.4.2"}]}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: shop}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}, minReplicas: 3, maxReplicas: 9}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: shop}
spec:
  minAvailable: 60%
  selector: {matchLabels: {app: shop}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: once}
spec:
  replicas: 1
  selector: {matchLabels: {app: once}}
  template:
    metadata: {labels: {app: once}}
    spec: {containers: [{name: once, image: "shop/once:1.4.2"}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: once}
spec:
  maxUnavailable: 1%
  selector: {matchLabels: {app: once}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.disruption import blocks_by_itself, evictable, exceeded_minimum, pods_at_least, pods_under


@rule(
    target="PodDisruptionBudget",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    aliases="kube-linter:pdb-max-unavailable kube-linter:pdb-min-available polaris:pdbDisruptionsIsZero",
    symptoms=["Cannot evict pod as it would violate the pod's disruption budget", "Drain did not complete.*PodDisruptionBudget"],
)
def check(budget: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    absolute = blocks_by_itself(resource)
    if absolute is not None:
        yield Fail(absolute, "none of its pods may ever be evicted: a drain of the node does not end", expected="maxUnavailable: 1")
        return
    pods = pods_under(resource, graph)
    if all(pod.resource.kind == "DaemonSet" for pod in pods):  # a drain leaves them where they are
        return
    replicas = pods_at_least(pods)
    if not replicas or evictable(resource, replicas) != 0 or exceeded_minimum(resource, pods) is not None:
        return
    bound = budget.at("spec.minAvailable")
    count = f"{replicas} pod{'s' if replicas > 1 else ''}"
    names = " and ".join(pod.resource.address.text for pod in pods)
    message = f"of {count}, the fewest that {names} has, none may be evicted: a drain of the node does not end"
    yield Fail(bound, message, expected="maxUnavailable: 1", related=tuple(pod.resource.at("spec.replicas") for pod in pods))
