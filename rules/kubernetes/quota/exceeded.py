"""What is declared for a namespace does not fit its quota.

## Why it matters
The pods that come last are refused: `exceeded quota: compute, requested: requests.cpu=500m, used: requests.cpu=4, limited:
requests.cpu=4`. Which ones those are depends on the order of creation: after the next node failure it may be the shop
front instead of the report. The Deployments themselves are all accepted, so the release looks complete.

## Five whys
1. Why are two of three pods missing? Their ReplicaSet reports `FailedCreate`, `exceeded quota`.
2. Why? All workloads of the namespace together request more than the quota has.
3. Why was a workload added nevertheless? Nobody adds the requests up: they stand in many files, with replicas and sidecars.

## Fix now
Raise the quota, `kubectl patch resourcequota NAME --type=merge -p '{"spec":{"hard":{"requests.cpu":"8"}}}'`, or lower what the
largest ones request; the message names them.

## Workaround
Scale something unimportant down: `kubectl scale deployment/NAME --replicas=0`; the missing pods appear within minutes.

## Prevent
Alert on `kube_resourcequota{type="used"} / kube_resourcequota{type="hard"} > 0.9`.

## Validate
`kubectl describe quota NAME` shows *Used* below *Hard*, and `kubectl get deployments` READY as wanted.

## Bad
```yaml
apiVersion: v1
kind: ResourceQuota
metadata: {name: compute, namespace: shop}
spec:
  hard:
    requests.cpu: "2" # finding
    pods: "4" # finding
    services.loadbalancers: "0" # finding
    limits.memory: 8Gi
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 3
  template:
    spec:
      containers:
        - {name: web, image: "shop/web:1.4.2", resources: {requests: {cpu: 500m}, limits: {memory: 512Mi}}}
        - {name: proxy, image: "shop/proxy:2.0.1", resources: {requests: {cpu: 100m}, limits: {memory: 64Mi}}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  replicas: 2
  template:
    spec:
      containers:
        - {name: db, image: "shop/db:16.1", resources: {limits: {cpu: 250m, memory: 1Gi}}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {type: LoadBalancer, ports: [{port: 80}]}
```

## Good
Other namespaces, and jobs that come and go, are not added up; an autoscaler counts with its minimum.
```yaml
apiVersion: v1
kind: ResourceQuota
metadata: {name: compute, namespace: shop}
spec: {hard: {requests.cpu: "2", pods: "4", persistentvolumeclaims: "2", requests.storage: 20Gi}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    spec:
      containers:
        - {name: web, image: "shop/web:1.4.2", resources: {requests: {cpu: 500m}}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 20
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: other}
spec:
  replicas: 30
  template:
    spec: {containers: [{name: web, image: "shop/web:1.4.2", resources: {requests: {cpu: 500m}}}]}
---
apiVersion: batch/v1
kind: Job
metadata: {name: report, namespace: shop}
spec:
  template:
    spec: {containers: [{name: report, image: "shop/report:3.1.0", resources: {requests: {cpu: 1500m}}}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  replicas: 2
  volumeClaimTemplates: [{metadata: {name: data}, spec: {resources: {requests: {storage: 10Gi}}}}]
  template:
    spec: {containers: [{name: db, image: "shop/db:16.1", resources: {requests: {cpu: 500m}}}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.quota import Cap, caps, share, taken
from auditor.views.kubernetes.quota_object import counted


@rule(target="ResourceQuota", each=caps, severity=Severity.HIGH, confidence=Confidence.FIRM, symptoms=["exceeded quota", "FailedCreate"])
def check(cap: Cap, resource: Resource, graph: Graph) -> Iterator[Fail]:
    hard = quantity.of(cap.where)
    if hard is None:
        return
    most = quantity.show(cap.key, hard)
    if cap.asks is None and not cap.counts_pods:
        objects = counted(cap, graph)
        if objects is not None and objects.amount > hard:
            shown = quantity.show(cap.key, objects.amount)
            yield Fail(cap.where, f"{shown} of {cap.key} are declared in the namespace, and {most} allowed", expected=f"at least {shown}")
        elif objects is not None and objects.doubt is not None:
            raise objects.doubt
        return
    found = taken(cap, graph)
    if found.amount > hard:
        if all(share(cap, use.pod)[0] <= hard for use in found.uses):
            parts = ", ".join(f"{use.pod.resource.address.text} {quantity.show(cap.key, use.amount)}" for use in found.uses[:3])
            shown = quantity.show(cap.key, found.amount)
            message = f"the workloads take {shown} of {cap.key} ({parts}), and {most} are allowed"
            related = tuple(use.pod.resource.body for use in found.uses[:3])
            yield Fail(cap.where, message, expected=f"at least {shown}", related=related)
    elif found.doubt is not None:
        raise found.doubt
