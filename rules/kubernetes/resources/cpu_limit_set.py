"""A CPU limit may throttle a container while the node is idle.

## Why it matters
A limit is enforced in slices of 100 ms: a process with eight threads uses up a limit of one CPU in 12 ms and then stands still for 88 ms,
whatever else is free. Response times grow at the 99th percentile, and nothing but `container_cpu_cfs_throttled_periods_total` shows why.
Teams that decided to live without CPU limits switch this rule on; it is the opposite of `kubernetes-resources-cpu-limit-missing`.

## Five whys
1. Why is the 99th percentile ten times the median? Requests wait for CPU.
2. Why, on a node at 30 %? The container is throttled.
3. Why? It has `limits.cpu: 500m`, and its runtime starts a thread for each CPU of the node.

## Fix now
`kubectl patch deployment NAME --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/resources/limits/cpu"}]'`; keep
the request.

## Workaround
Raise the limit to a few times the request, and set `GOMAXPROCS` or `-XX:ActiveProcessorCount` to whole CPUs of it.

## Prevent
Enable this rule and disable the other one in `auditor.yaml`.

## Validate
`rate(container_cpu_cfs_throttled_periods_total{pod="POD"}[5m])` is 0.

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
            requests: {cpu: 250m}
            limits:
              cpu: 500m # finding
```

## Good
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
            requests: {cpu: 250m, memory: 256Mi}
            limits: {memory: 256Mi}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import running_containers
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=running_containers, severity=Severity.INFO, enabled=False)
def check(it: Container) -> Iterator[Fail]:
    limit = it.written_limit("cpu")
    amount = quantity.of(limit)
    if amount:
        yield Fail(limit, f"the {it.role} {it.name} is throttled at {quantity.cores(amount)} CPUs", expected="a request alone")
