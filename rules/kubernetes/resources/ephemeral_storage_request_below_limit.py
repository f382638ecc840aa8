"""A container may write more to the node's disk than it requests.

## Why it matters
What is written cannot be taken back: when several containers use their limits, the disk is full although all requests fit. Advice for
nodes with small disks and pods that unpack or sort large data.

## Five whys
1. Why was the disk full though `kubectl describe node` showed room? Its requests were small.
2. Why was more written than requested? The limits allow ten times as much.
3. Why? The request was meant for an average day.

## Fix now
`kubectl set resources deployment/NAME -c CONTAINER --requests=ephemeral-storage=2Gi --limits=ephemeral-storage=2Gi`.

## Workaround
An `emptyDir` with `sizeLimit` for the directory that grows.

## Prevent
A LimitRange with `maxLimitRequestRatio: {ephemeral-storage: "1"}`.

## Validate
`kubectl get pod POD -o jsonpath='{.spec.containers[*].resources}'` shows the same amount twice.

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
        requests:
          ephemeral-storage: 1Gi # finding
        limits:
          ephemeral-storage: 2Gi
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
      resources: {requests: {ephemeral-storage: 2Gi}, limits: {ephemeral-storage: 2Gi}}
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
    aliases="kube-score:container-ephemeral-storage-request-equals-limit",
)
def check(it: Container) -> Iterator[Fail]:
    where = loose(it, "ephemeral-storage")
    if where is not None:
        yield Fail(
            where, f"the {it.role} {it.name} may write more to the node's disk than it requests", expected="a limit of the same amount"
        )
