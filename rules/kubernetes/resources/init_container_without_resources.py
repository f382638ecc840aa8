"""An init container neither requests nor limits anything.

## Why it matters
An init container has ended before the others start, so a pod reserves the larger of the two, and most of the time that is enough. It
is not when the init container works hard (a migration, an unpacked archive): it then runs on memory that nobody reserved. A quota of
the namespace that counts `limits.memory` refuses the whole pod for it.

## Five whys
1. Why does the pod hang in `Init:0/1` on a busy node? The migration gets no CPU.
2. Why? The init container has no request of its own, and while it runs, nothing else of the pod does.
3. Why was it forgotten? The resources were written for the container that serves.

## Fix now
Give it the same block as the container that follows; the pod does not reserve more by that.

## Workaround
Restart the pod where there is room: `kubectl delete pod POD`.

## Prevent
Let the chart use one `resources` template for all containers.

## Validate
`kubectl get pod POD -o jsonpath='{.spec.initContainers[*].resources}'` is not `{}`.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      initContainers:
        - name: migrate # finding
          image: shop/web:1.4.2
      containers:
        - name: web
          image: shop/web:1.4.2
          resources: {requests: {cpu: 100m, memory: 256Mi}, limits: {memory: 256Mi}}
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      initContainers:
        - name: migrate
          image: shop/web:1.4.2
          resources: {requests: {cpu: 100m, memory: 256Mi}, limits: {memory: 256Mi}}
        - name: proxy
          image: shop/proxy:2.0.1
          restartPolicy: Always
      containers:
        - name: web
          image: shop/web:1.4.2
          resources: {requests: {cpu: 100m, memory: 256Mi}, limits: {memory: 256Mi}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.container import Container, Role
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.INFO,
    aliases="CKV_K8S_10 CKV_K8S_11 CKV_K8S_12 CKV_K8S_13 KSV-0011 AVD-KSV-0011 KSV-0015 AVD-KSV-0015 KSV-0016 AVD-KSV-0016"
    " KSV-0018 AVD-KSV-0018 kube-linter:unset-cpu-requirements kube-linter:unset-memory-requirements kube-score:container-resources",
)
def check(it: Container) -> Iterator[Fail]:
    if it.where.at("restartPolicy").text == "Always" or it.role is not Role.INIT:
        return
    if not any(it.asks_for(resource) or it.is_limited(resource) for resource in ("cpu", "memory")):
        yield Fail(it.where.at("resources"), f"the init container {it.name} neither requests nor limits CPU and memory")
