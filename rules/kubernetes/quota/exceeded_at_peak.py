"""An autoscaler may ask for more pods than the quota has room for.

## Why it matters
On quiet days everything fits. At the peak the autoscaler asks for its maximum, and the pods beyond the quota are refused
(`exceeded quota`): the workload is smaller than planned exactly when it matters, and the autoscaler shows no error.

## Five whys
1. Why did the shop stay at 8 of 20 pods during the sale? The other pods were refused.
2. Why? The quota of the namespace was full.
3. Why is it that small? It was computed from the usual number of replicas.
4. Why did no test show it? The autoscaler had never gone that far.

## Fix now
`kubectl patch resourcequota NAME --type=merge -p '{"spec":{"hard":{"requests.cpu":"16"}}}'` to what all maxima take together.

## Workaround
Lower the maximum of something less important, or its pods: `kubectl scale deployment/NAME --replicas=1`.

## Prevent
Compute the quota in the chart from `maxReplicas` and the requests.

## Validate
`kubectl describe quota NAME` at the peak shows *Used* below *Hard*; a load test reaches the maximum.

## Bad
```yaml
apiVersion: v1
kind: ResourceQuota
metadata: {name: compute, namespace: shop}
spec:
  hard:
    requests.cpu: "4" # finding
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
```

## Good
```yaml
apiVersion: v1
kind: ResourceQuota
metadata: {name: compute, namespace: shop}
spec: {hard: {requests.cpu: "10"}}
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
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.quota import Cap, caps, taken
from auditor.views.kubernetes.scaler import maximum_node, most, scalers_of


@rule(target="ResourceQuota", each=caps, severity=Severity.MEDIUM, confidence=Confidence.FIRM, symptoms=["exceeded quota", "FailedCreate"])
def check(cap: Cap, resource: Resource, graph: Graph) -> Iterator[Fail]:
    hard = quantity.of(cap.where)
    if hard is None or (cap.asks is None and not cap.counts_pods):
        return
    usual, peak = taken(cap, graph), taken(cap, graph, most)
    if usual.amount > hard:
        return
    if peak.amount > hard:
        if usual.doubt is not None:
            raise usual.doubt
        largest = peak.uses[0]
        shown, room = quantity.show(cap.key, peak.amount), quantity.show(cap.key, hard)
        related = tuple(maximum_node(it) for it in scalers_of(largest.pod.resource, graph))
        name = largest.pod.resource.address.text
        message = f"with autoscalers at their maximum the workloads take {shown} of {cap.key} (most of it {name}), and {room} are allowed"
        yield Fail(cap.where, message, expected=f"at least {shown}", related=related)
    elif peak.doubt is not None:
        raise peak.doubt
