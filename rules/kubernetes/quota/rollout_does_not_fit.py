"""The quota has no room for the additional pod of a rolling update.

## Why it matters
A rolling update starts a new pod before it stops an old one, unless `maxUnavailable` lets it stop one first; with less than four replicas
the default of 25 % is rounded down to none. Where the quota is full with the old pods, the new one is refused and the update waits until
`progressDeadlineSeconds`: every deployment of this workload hangs, including the urgent fix.

## Five whys
1. Why does the deployment time out? The new ReplicaSet cannot make a pod: `exceeded quota`.
2. Why is the quota full? It has just enough room for the pods that run.
3. Why is none of them stopped first? `maxUnavailable` is 0 after rounding.
4. Why was the quota computed like that? Replicas times requests, without the one that comes on top.

## Fix now
Let it stop one first: `kubectl patch deployment NAME -p '{"spec":{"strategy":{"rollingUpdate":{"maxUnavailable":1}}}}'`; the waiting update
goes on at once.

## Workaround
Scale another workload down for the minutes of the update.

## Prevent
Give each quota the room of the largest pod more than what runs.

## Validate
`kubectl rollout status deployment/NAME` ends, and `kubectl describe quota` shows room for one pod.

## Bad
```yaml
apiVersion: v1
kind: ResourceQuota
metadata: {name: compute, namespace: shop}
spec: {hard: {requests.memory: 3Gi}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 3 # finding
  template:
    spec:
      containers:
        - {name: web, image: "shop/web:1.4.2", resources: {requests: {memory: 1Gi}}}
```

## Good
Four replicas may lack one; so may two, where it is written.
```yaml
apiVersion: v1
kind: ResourceQuota
metadata: {name: compute, namespace: shop}
spec: {hard: {requests.memory: 6Gi}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 4
  template:
    spec:
      containers:
        - {name: web, image: "shop/web:1.4.2", resources: {requests: {memory: 1Gi}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec:
  replicas: 2
  strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 1}}
  template:
    spec:
      containers:
        - {name: api, image: "shop/api:1.4.2", resources: {requests: {memory: 1Gi}}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.quota import Cap, caps, counts, quotas_of, share, taken
from auditor.views.kubernetes.rollout import rollout_of
from auditor.views.kubernetes.scaler import fewest


@rule(
    target="Deployment DeploymentConfig",
    each=pods,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=["exceeded quota", "ProgressDeadlineExceeded"],
)
def check(pod: Pod) -> Iterator[Fail]:
    quotas = quotas_of(pod.resource, pod.graph)
    rollout = rollout_of(pod.resource) if quotas else None
    replicas = fewest(pod.resource, pod.graph) if rollout is not None and rollout.rolling else 0
    if rollout is None or not replicas or rollout.unavailable_of(replicas) != 0:
        return
    for quota in quotas:
        for cap in caps(quota, pod.graph):
            if counts(quota, pod) and (message := _refused(cap, pod)):
                where = next((it for it in (rollout.unavailable, pod.resource.at("spec.replicas")) if it.present), rollout.unavailable)
                yield Fail(where, message, expected="maxUnavailable of 1", related=(cap.where,))
                return


def _refused(cap: Cap, pod: Pod) -> str:
    """What the API server says to one more pod; empty when it has room for it."""
    hard = quantity.of(cap.where)
    found = taken(cap, pod.graph)
    more = share(cap, pod)[0]
    if hard is None or not more or found.amount > hard or found.amount + more <= hard:
        return ""
    used, room = quantity.show(cap.key, found.amount), quantity.show(cap.key, hard)
    return f"no old pod may stop first, and {cap.quota.address.text} has no room for a new one: {used} of {room} of {cap.key} are taken"
