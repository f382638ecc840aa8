"""A runtime is told to use as much memory as its container may have, or more.

## Why it matters
Java, Node.js and Go only clean up when they come near the bound that they were given. When that bound is not below the container's memory
limit, the kernel kills the process first: `OOMKilled`, exit code 137, no stack trace, no `OutOfMemoryError`. It happens under load, hours
after the deployment, and again after each restart. Beside the heap, a JVM needs a quarter more for threads, code and buffers.

## Five whys
1. Why does the container die with exit code 137 each afternoon? It reaches its memory limit.
2. Why did the garbage collector not prevent it? The heap was allowed to grow to 2 GiB.
3. Why, with a limit of 1 GiB? The heap is set in a ConfigMap, the limit in the Deployment.
4. Why do they differ? The limit was lowered, and nobody knew of the other number.

## Fix now
Raise the limit above the heap: `kubectl set resources deployment/NAME -c CONTAINER --limits=memory=2560Mi`. Or lower the heap to 75 %
of the limit; for Java, replace `-Xmx` by `-XX:MaxRAMPercentage=75`, which follows the limit from then on.

## Workaround
More replicas with less load each keep the heaps small for a while: `kubectl scale deployment/NAME --replicas=6`.

## Prevent
Let one number give the other: `-XX:MaxRAMPercentage`, `GOMEMLIMIT` from the limit less 10 %, `--max-old-space-size` computed by the chart.

## Validate
`MaxHeapSize` in `kubectl exec POD -- jcmd 1 VM.flags` (for Node.js `v8.getHeapStatistics().heap_size_limit`) is well below
`kubectl exec POD -- cat /sys/fs/cgroup/memory.max`.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  template:
    spec:
      containers:
        - name: orders
          image: shop/orders:1.4.2
          command: [sh, -c, "exec java -Xmx2g -jar /app.jar"] # finding
          resources: {limits: {memory: 1Gi}}
        - name: cart
          image: shop/cart:2.0.0
          envFrom: [{configMapRef: {name: cart}}]
          resources: {limits: {memory: 512Mi}}
        - name: web
          image: shop/web:3.1.0
          env:
            - name: NODE_OPTIONS
              value: --max-old-space-size=4096 # finding
          resources: {limits: {memory: 2Gi}}
        - name: agent
          image: shop/agent:0.9.0
          env:
            - name: GOMEMLIMIT
              value: 256MiB # finding
          resources: {limits: {memory: 128Mi}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: cart}
data:
  JAVA_TOOL_OPTIONS: -Xms256m -Xmx768m # finding
```

## Good
The command comes before `JAVA_TOOL_OPTIONS`; without a limit there is nothing to compare with.
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  template:
    spec:
      containers:
        - name: orders
          image: shop/orders:1.4.2
          args: [java, -Xmx768m, -jar, /app.jar]
          env:
            - {name: JAVA_TOOL_OPTIONS, value: -Xmx4g}
          resources: {limits: {memory: 1Gi}}
        - name: cart
          image: shop/cart:2.0.0
          env:
            - {name: JAVA_OPTS, value: "-Xmx8g -XX:MaxRAMPercentage=75.0 -Xmx384m"}
          resources: {limits: {memory: 512Mi}}
        - name: web
          image: shop/web:3.1.0
          env:
            - {name: NODE_OPTIONS, value: --max-old-space-size=1536}
            - {name: GOMEMLIMIT, valueFrom: {resourceFieldRef: {resource: limits.memory}}}
          resources: {limits: {memory: 2Gi}}
        - name: free
          image: shop/free:1.0.0
          env:
            - {name: JAVA_OPTS, value: -Xmx64g}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.decide import undecided
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.heap import heaps
from auditor.views.kubernetes.pod import running_containers
from auditor.views.kubernetes.reservation import limit_of
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=running_containers,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=["OOMKilled", "Memory cgroup out of memory", "exit code:? 137"],
)
def check(it: Container) -> Iterator[Fail]:
    limit = limit_of(it, "memory")
    if limit is None:
        return
    for heap in heaps(it):
        size = heap.of(limit.value)
        if size < limit.value:
            continue
        if not limit.certain:
            raise undecided(limit.where, "the LimitRange may be of another namespace")
        allowed = quantity.size(limit.value)
        message = f"{heap.runtime} in the {it.role} {it.name} may use {quantity.size(size)} ({heap.text}) with a limit of {allowed}"
        expected = f"at most {quantity.size(limit.value * 3 / 4)}"
        yield Fail(heap.where, message, expected=expected, actual=heap.text, related=(limit.where,))
