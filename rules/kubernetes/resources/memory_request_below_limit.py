"""A container may use more memory than it requests.

## Why it matters
Only a pod whose requests equal its limits, CPU included, is of the class Guaranteed: it is evicted last, and may have CPUs of its own.
This is advice for what must not be evicted (databases, brokers); for everything else some room above the request is normal.

## Five whys
1. Why was the broker evicted before the batch job? It used more memory than it had requested; the job did not.
2. Why may it? Its limit is above its request.
3. Why was that chosen? It saves memory on paper.

## Fix now
For a pod that must stay: `kubectl set resources statefulset/NAME -c CONTAINER --requests=memory=2Gi --limits=memory=2Gi`.

## Workaround
A `priorityClassName` with a high value makes the kubelet evict others first.

## Prevent
A LimitRange with `maxLimitRequestRatio: {memory: "1"}` in namespaces that hold data.

## Validate
`kubectl get pod POD -o jsonpath='{.status.qosClass}'` prints `Guaranteed` (once CPU is treated alike).

## Bad
```yaml
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: broker}
spec:
  template:
    spec:
      containers:
        - name: broker
          image: shop/broker:3.13.1
          resources:
            requests:
              memory: 1Gi # finding
            limits:
              memory: 2Gi
```

## Good
```yaml
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: broker}
spec:
  template:
    spec:
      containers:
        - name: broker
          image: shop/broker:3.13.1
          resources: {requests: {memory: 2048Mi}, limits: {memory: 2Gi}}
        - name: exporter
          image: shop/exporter:1.0.0
          resources: {limits: {memory: 64Mi}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import running_containers
from auditor.views.kubernetes.reservation import loose
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=running_containers,
    severity=Severity.INFO,
    aliases="kube-score:container-memory-requests-equal-limits kube-score:container-resource-requests-equal-limits",
)
def check(it: Container) -> Iterator[Fail]:
    where = loose(it, "memory")
    if where is not None:
        yield Fail(where, f"the {it.role} {it.name} may use more memory than it requests", expected="a limit of the same amount")
