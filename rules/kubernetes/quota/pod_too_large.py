"""A single pod takes more than the quota of its namespace allows.

## Why it matters
The API server refuses the pod whatever else runs there: `exceeded quota: compute, requested: requests.memory=16Gi, used: 0, limited:
requests.memory=8Gi`. No retry helps.

## Five whys
1. Why was the job never started? `FailedCreate`, the quota is exceeded.
2. Why, in an empty namespace? One pod asks for more than the whole quota.
3. Why? The quota was sized for the old job, or the request for a larger cluster.

## Fix now
Lower the request, or raise the quota: `kubectl patch resourcequota NAME --type=merge -p '{"spec":{"hard":{"requests.memory":"32Gi"}}}'`.

## Workaround
Run it in a namespace with more room: `kubectl -n OTHER create -f job.yaml`.

## Prevent
A LimitRange of type Pod with `max` below the quota tells it before the quota is full.

## Validate
`kubectl describe quota -n NAMESPACE` shows the pod under *Used*.

## Bad
```yaml
apiVersion: v1
kind: ResourceQuota
metadata: {name: compute, namespace: batch}
spec: {hard: {requests.memory: 8Gi, pods: "10"}}
---
apiVersion: batch/v1
kind: Job
metadata: {name: train, namespace: batch}
spec:
  template:
    spec:
      containers:
        - name: log
          image: shop/log:1.0.0
          resources: {requests: {memory: 64Mi}}
        - name: train
          image: shop/train:5.0.0
          resources:
            requests:
              memory: 16Gi # finding
```

## Good
```yaml
apiVersion: v1
kind: ResourceQuota
metadata: {name: compute, namespace: batch}
spec: {hard: {requests.memory: 8Gi, pods: "10"}}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: rest, namespace: batch}
spec: {hard: {pods: "0"}, scopes: [BestEffort]}
---
apiVersion: batch/v1
kind: Job
metadata: {name: train, namespace: batch}
spec:
  template:
    spec:
      containers:
        - name: train
          image: shop/train:5.0.0
          resources: {requests: {memory: 8Gi}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.quota import Cap, caps, counts, quotas_of, share
from auditor.views.kubernetes.workload import CONTROLLERS


@rule(target=f"Pod {CONTROLLERS}", each=pods, severity=Severity.HIGH, symptoms=["exceeded quota", "FailedCreate"])
def check(pod: Pod) -> Iterator[Fail]:
    for quota in quotas_of(pod.resource, pod.graph):
        for cap in caps(quota, pod.graph):
            hard = quantity.of(cap.where)
            taken, doubt = share(cap, pod)
            if hard is None or not counts(quota, pod):
                continue
            if taken > hard:
                shown, most = quantity.show(cap.key, taken), quantity.show(cap.key, hard)
                message = f"one pod takes {shown} of {cap.key}, and {quota.address.text} allows {most} in all"
                yield Fail(_largest(pod, cap), message, expected=f"at most {most}", related=(cap.where,))
            elif doubt is not None:
                raise doubt


def _largest(pod: Pod, cap: Cap) -> Node:
    """The amount of the container that takes most."""
    if cap.asks is None:
        return pod.where
    part, resource = cap.asks
    own = pod.where.at(f'resources.{part}["{resource}"]')
    if own.present:
        return own
    amounts = [it.request(resource) if part == "requests" else it.limit(resource) for it in pod.containers]
    known = [it for it in amounts if it is not None and it.source != "LimitRange"]
    return max(known, key=lambda it: it.value).where if known else pod.where.at("containers")
