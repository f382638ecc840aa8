"""Nothing limits the memory of a container.

## Why it matters
A leak in one container takes the memory of the whole node. The kernel then kills whichever process scores worst, which may well be
another team's database, and the kubelet starts to evict. With a limit the leak kills only its own container, with a clear reason:
`OOMKilled`, exit code 137.

## Five whys
1. Why did the node go `NotReady`? It ran out of memory, and the kubelet itself was starved.
2. Why? One container grew to 30 GiB.
3. Why could it? It has no `resources.limits.memory`, the pod has none as a whole, and the namespace has no LimitRange.
4. Why not? Somebody removed the limit after an `OOMKilled`, instead of raising it.

## Fix now
`kubectl set resources deployment/NAME -c CONTAINER --limits=memory=512Mi`: as much as it requests, or 20 % more than the highest
`container_memory_working_set_bytes` of the last month.

## Workaround
`kubectl cordon NODE` and delete the pod that grows: it starts elsewhere with an empty heap.

## Prevent
A LimitRange with `default: {memory: 512Mi}` in each namespace. Agents of a node that must never be killed can be left out with a
suppression that says so.

## Validate
`kubectl exec POD -c CONTAINER -- cat /sys/fs/cgroup/memory.max` prints a number, not `max`.

## Bad
```yaml
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: cache}
spec:
  template:
    spec:
      containers:
        - name: cache
          image: shop/cache:7.2.0
          resources:
            requests: {cpu: 250m, memory: 512Mi} # finding
```

```yaml
apiVersion: v1
kind: LimitRange
metadata: {name: other, namespace: other}
spec: {limits: [{type: Container, default: {memory: 512Mi}}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: cache, namespace: shop}
spec:
  template:
    spec:
      containers:
        - name: cache # finding
          image: shop/cache:7.2.0
```

## Good
```yaml
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: cache}
spec:
  template:
    spec:
      containers:
        - name: cache
          image: shop/cache:7.2.0
          resources:
            requests: {cpu: 250m, memory: 512Mi}
            limits: {memory: 512Mi}
---
apiVersion: v1
kind: Pod
metadata: {name: whole}
spec:
  resources: {limits: {memory: 1Gi}}
  containers: [{name: main, image: "shop/web:1.4.2"}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import running_containers
from auditor.views.kubernetes.reservation import unlimited
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=running_containers,
    severity=Severity.MEDIUM,
    aliases="KSV-0018 AVD-KSV-0018 polaris:memoryLimitsMissing kube-linter:unset-memory-requirements C-0271 C-0004"
    " C-0009 kubescape:resources-memory-limits kubescape:resources-memory-limit-and-request kubescape:resource-policies"
    " kube-score:container-resources",
    symptoms=["System OOM encountered", "MemoryPressure"],
)
def check(it: Container) -> Iterator[Fail]:
    where = unlimited(it, "memory")
    if where is not None:
        yield Fail(where, f"nothing limits the memory of the {it.role} {it.name}", expected="a limit")
