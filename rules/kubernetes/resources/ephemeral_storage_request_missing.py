"""A container writes no request for space on the node's disk.

## Why it matters
The scheduler counts the container as 0 bytes of disk, and puts a pod that unpacks gigabytes on a node whose disk is nearly full. A limit
alone is taken for the request, which then reserves the peak. Advice for pods that write much; others need no request.

## Five whys
1. Why was the pod evicted minutes after its start? It filled the node's disk.
2. Why was it placed there? The scheduler saw no request for ephemeral storage.
3. Why is there none? It is rarely written, since it is not in the usual examples.

## Fix now
`kubectl set resources deployment/NAME -c CONTAINER --requests=ephemeral-storage=1Gi` with what the pod really writes.

## Workaround
Put large scratch data on a volume: `ephemeral.volumeClaimTemplate` gives the pod a disk of its own.

## Prevent
A LimitRange with `defaultRequest: {ephemeral-storage: 256Mi}`.

## Validate
`kubectl describe node NODE` counts `ephemeral-storage` under *Allocated resources*.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: render}
spec:
  containers:
    - name: render
      image: shop/render:4.4.0
      resources:
        requests: {memory: 1Gi} # finding
        limits: {memory: 1Gi, ephemeral-storage: 2Gi}
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: render}
spec:
  containers:
    - name: render
      image: shop/render:4.4.0
      resources:
        requests: {memory: 1Gi, ephemeral-storage: 1Gi}
        limits: {memory: 1Gi, ephemeral-storage: 2Gi}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import running_containers
from auditor.views.kubernetes.reservation import implied, unrequested
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=running_containers,
    severity=Severity.INFO,
    aliases="kube-score:container-ephemeral-storage-request-and-limit",
)
def check(it: Container) -> Iterator[Fail]:
    where = unrequested(it, "ephemeral-storage")
    if where is not None:
        yield Fail(where, f"the {it.role} {it.name} requests no space on the node's disk")
        return
    limit = implied(it, "ephemeral-storage")
    if limit is not None:
        where = it.written_request("ephemeral-storage")
        yield Fail(where, f"the {it.role} {it.name} requests as much of the node's disk as its limit says", related=(limit.where,))
