"""A container is outside of what the LimitRange of its namespace allows.

## Why it matters
The API server refuses the pod: `maximum memory usage per Container is 1Gi, but limit is 2Gi`. The Deployment is accepted, its pods never
appear. What the LimitRange itself fills in is checked as well: a container that is written with a limit alone may break
the allowed ratio.

## Five whys
1. Why does the rollout hang? The ReplicaSet reports `FailedCreate`, `forbidden`.
2. Why? The container's limit is above the maximum of the namespace.
3. Why? The limit was raised for one environment, and the LimitRange comes from the platform team's repository.

## Fix now
Lower the amount into the bounds, or ask for higher ones: `kubectl describe limitrange -n NAMESPACE` shows them.

## Workaround
Split the pod, or run it in a namespace with other bounds.

## Prevent
Render the LimitRange and the workload in one check, as here, or `kubectl apply --dry-run=server` a Pod.

## Validate
`kubectl get events --field-selector reason=FailedCreate -n NAMESPACE` stays empty.

## Bad
```yaml
apiVersion: v1
kind: LimitRange
metadata: {name: bounds, namespace: shop}
spec:
  limits:
    - type: Container
      min: {memory: 64Mi}
      max: {memory: 1Gi, cpu: "2"}
      maxLimitRequestRatio: {cpu: "4"}
    - type: Pod
      max: {memory: 2560Mi}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
          resources:
            requests:
              memory: 512Mi
              cpu: 100m # finding
            limits:
              memory: 2Gi # finding
              cpu: "1"
        - name: log
          image: shop/log:1.0.0
          resources:
            requests:
              memory: 16Mi # finding
              cpu: "1"
            limits:
              memory: 128Mi
              cpu: "1"
---
apiVersion: v1
kind: Pod
metadata: {name: wide, namespace: shop}
spec:
  containers: # finding
    - {name: a, image: "shop/web:1.4.2", resources: {limits: {memory: 1Gi, cpu: "1"}}}
    - {name: b, image: "shop/web:1.4.2", resources: {limits: {memory: 1Gi, cpu: "1"}}}
    - {name: c, image: "shop/web:1.4.2", resources: {limits: {memory: 1Gi, cpu: "1"}}}
```

## Good
```yaml
apiVersion: v1
kind: LimitRange
metadata: {name: bounds, namespace: shop}
spec:
  limits:
    - type: Container
      min: {memory: 64Mi}
      max: {memory: 1Gi, cpu: "2"}
      maxLimitRequestRatio: {cpu: "4"}
    - type: Pod
      max: {memory: 2Gi}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    spec:
      containers:
        - {name: web, image: "shop/web:1.4.2", resources: {requests: {cpu: 500m, memory: 512Mi}, limits: {cpu: "2", memory: 1024Mi}}}
        - {name: bare, image: "shop/bare:1.0.0"}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: other}
spec:
  template:
    spec:
      containers: [{name: web, image: "shop/web:1.4.2", resources: {limits: {memory: 64Gi}}}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.demand import least_demand, pod_demand
from auditor.views.kubernetes.limit_check import container_breaches
from auditor.views.kubernetes.limit_range import Range, ranges
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import CONTROLLERS


@rule(
    target=f"Pod {CONTROLLERS}",
    each=pods,
    severity=Severity.HIGH,
    symptoms=["(maximum|minimum) \\S+ usage per (Container|Pod) is", "max limit to request ratio per Container is"],
)
def check(pod: Pod) -> Iterator[Fail]:
    for it in ranges(pod.graph, pod.resource, "Container"):
        if it.certain:
            for container in pod.containers:
                for breach in container_breaches(container, it):
                    yield Fail(breach.where, breach.message, expected=breach.expected, related=(breach.bound,))
    for it in ranges(pod.graph, pod.resource, "Pod"):
        if it.certain:
            yield from _of_pod(pod, it)


def _of_pod(pod: Pod, it: Range) -> Iterator[Fail]:
    for name, bound in it.where.at("max").entries():
        most = quantity.of(bound)
        taken, doubt = least_demand(pod, "limits", name)
        if most is not None and taken > most:
            allowed = quantity.show(name, most)
            message = f"a pod may use {quantity.show(name, taken)} of {name}, and {it.resource.address.text} allows {allowed}"
            yield Fail(pod.where, message, expected=f"at most {allowed}", related=(bound,))
        elif doubt is not None:
            raise doubt
    for name, bound in it.where.at("min").entries():
        least = quantity.of(bound)
        if least is not None and pod_demand(pod, "requests", name) < least:
            needed = quantity.show(name, least)
            message = f"a pod requests less than the {needed} of {name} that {it.resource.address.text} asks for"
            yield Fail(pod.where, message, expected=f"at least {needed}", related=(bound,))
