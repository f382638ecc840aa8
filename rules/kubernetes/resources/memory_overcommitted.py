"""A container may use several times the memory that it reserves.

## Why it matters
Memory cannot be taken back as CPU can. A node is filled by requests; when several such containers use what their limits allow at the
same time, it runs out, and the kubelet evicts those pods that are furthest above their requests.

## Five whys
1. Why were six pods evicted at 09:00? The node was under memory pressure.
2. Why, when its requests fit? The containers used four times what they request.
3. Why may they? Their limits allow it.
4. Why is the request so low? It was lowered to fit more pods on a node.

## Fix now
Raise the request to what the container uses at its peak, `max_over_time(container_memory_working_set_bytes[7d])`, or lower the limit to
it: `kubectl set resources deployment/NAME -c CONTAINER --requests=memory=1Gi --limits=memory=1Gi`.

## Workaround
Spread the pods: `kubectl drain NODE --ignore-daemonsets --delete-emptydir-data` moves them to nodes with more room.

## Prevent
A LimitRange with `maxLimitRequestRatio: {memory: "2"}`.

## Validate
`kubectl describe node NODE`: the memory limits under *Allocated resources* stay near 100 %.

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
              memory: 256Mi # finding
            limits:
              memory: 2Gi
```

## Good
Small differences do not fill a node.
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
          resources: {requests: {cpu: 100m, memory: 1Gi}, limits: {cpu: "4", memory: 2Gi}}
        - name: proxy
          image: shop/proxy:2.0.1
          resources: {requests: {memory: 32Mi}, limits: {memory: 128Mi}}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import running_containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=running_containers,
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    options={"ratio": 3, "gap": "256Mi"},
    symptoms=["[Tt]he node was low on resource: memory"],
)
def check(it: Container, options: Mapping[str, Any]) -> Iterator[Fail]:
    request, limit = it.written_request("memory"), it.written_limit("memory")
    asked, allowed = quantity.of(request), quantity.of(limit)
    gap, ratio = quantity.parse(str(options["gap"])), quantity.parse(str(options["ratio"]))
    if asked and allowed and ratio and allowed > ratio * asked and allowed - asked > (gap or 0):
        message = f"the {it.role} {it.name} may use {float(allowed / asked):.3g} times the memory that it requests"
        yield Fail(request, message, expected=f"at least {quantity.size(allowed / ratio)}", related=(limit,))
