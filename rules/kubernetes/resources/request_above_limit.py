"""A container requests more than its limit lets it use.

## Why it matters
The API server refuses such a pod: `Invalid value: must be less than or equal to memory limit`. In a Deployment the object itself is
accepted, so the deployment tool reports success, but its ReplicaSet cannot make a single pod: a rollout hangs, and a new
workload never starts.

## Five whys
1. Why are there no pods? The ReplicaSet reports `FailedCreate`, the pod is invalid.
2. Why? A request is larger than its limit.
3. Why? One of the two numbers was changed in an overlay, or the limit is the default of the namespace's LimitRange.
4. Why did nobody notice in review? The other number is in another file.

## Fix now
Lower the request to the limit, or raise the limit: `kubectl set resources deployment/NAME -c CONTAINER --requests=memory=512Mi
--limits=memory=512Mi`.

## Workaround
`kubectl rollout undo deployment/NAME` brings the last pods that were valid.

## Prevent
Render and check before applying: `kubectl apply --dry-run=server -f pod.yaml` refuses a Pod with that template.

## Validate
`kubectl get replicaset -l app=NAME -o jsonpath='{.items[*].status.conditions}'` shows no `ReplicaFailure`.

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
          resources:
            requests:
              cpu: "1" # finding
              memory: 1000Mi
            limits:
              cpu: 500m
              memory: 1Gi
```

```yaml
apiVersion: v1
kind: LimitRange
metadata: {name: defaults, namespace: shop}
spec: {limits: [{type: Container, default: {memory: 512Mi}}]}
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
              memory: 1Gi # finding
```

## Good
Amounts are compared, not their texts: 1G is less than 1Gi.
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
          resources:
            requests: {cpu: 0.5, memory: 1G}
            limits: {cpu: 500m, memory: 1Gi}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.decide import undecided
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=["must be less than or equal to \\S+ limit"],
)
def check(it: Pod) -> Iterator[Fail]:
    for name, request in it.where.at("resources.requests").entries():
        yield from _compare(request, name, it.where.at(f'resources.limits["{name}"]'), "the pod as a whole")
    for container in it.containers:
        for name, request in container.where.at("resources.requests").entries():
            if "/" not in name and '"' not in name:
                yield from _of_container(container, name, request)


def _of_container(container: Container, name: str, request: Node) -> Iterator[Fail]:
    limit = container.limit(name)
    if limit is None:
        return
    for fail in _compare(request, name, limit.where, f"the {container.role} {container.name}"):
        if not limit.certain:
            raise undecided(limit.where, "the LimitRange may be of another namespace")
        yield fail


def _compare(request: Node, name: str, limit: Node, whose: str) -> Iterator[Fail]:
    asked, allowed = quantity.of(request), quantity.of(limit)
    if asked is not None and allowed is not None and asked > allowed:
        message = f"{whose} requests {quantity.show(name, asked)} of {name} with a limit of {quantity.show(name, allowed)}"
        yield Fail(request, message, expected=f"at most {quantity.show(name, allowed)}", related=(limit,))
