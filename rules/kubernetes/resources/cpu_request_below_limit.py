"""A container may use more CPU than it requests.

## Why it matters
That is how CPU is meant to be shared: a container borrows what is idle. It is worth a word only for processes that need CPUs of their
own (static CPU manager, low-latency trading, packet processing): those need the class Guaranteed, with whole cores as request and limit.

## Five whys
1. Why does the latency of the matcher jump? Its threads move between CPUs.
2. Why are they not pinned? The kubelet gives exclusive CPUs to Guaranteed pods only.
3. Why is this pod none? Its CPU request differs from its limit.

## Fix now
For such a process: `kubectl set resources deployment/NAME -c CONTAINER --requests=cpu=4 --limits=cpu=4`, the same for memory.

## Workaround
Taint a node and let only this workload tolerate it.

## Prevent
A separate node pool with `cpuManagerPolicy: static`, and a LimitRange with `maxLimitRequestRatio: {cpu: "1"}` in its namespace.

## Validate
`kubectl exec POD -- cat /sys/fs/cgroup/cpuset.cpus.effective` names as many CPUs as were requested.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: matcher}
spec:
  template:
    spec:
      containers:
        - name: matcher
          image: shop/matcher:2.0.0
          resources:
            requests:
              cpu: "2" # finding
            limits:
              cpu: "4"
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: matcher}
spec:
  template:
    spec:
      containers:
        - name: matcher
          image: shop/matcher:2.0.0
          resources: {requests: {cpu: 4000m}, limits: {cpu: "4"}}
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
    aliases="kube-score:container-cpu-requests-equal-limits kube-score:container-resource-requests-equal-limits",
)
def check(it: Container) -> Iterator[Fail]:
    where = loose(it, "cpu")
    if where is not None:
        yield Fail(where, f"the {it.role} {it.name} may use more CPU than it requests", expected="a limit of the same amount")
