"""The CPU request of a container is nothing but its limit.

## Why it matters
Without a request the API server takes the limit for it. CPU limits are set for peaks, so each replica reserves its peak all day, and
nodes fill up while their CPUs idle. A HorizontalPodAutoscaler also computes its utilization from that large number and scales late.

## Five whys
1. Why does the cluster need twenty nodes at 15 % load? The CPU requests of its pods fill them.
2. Why are they that high? Many are copies of limits that were set for start-up.
3. Why? Only `limits.cpu` was written, and the API server writes the request from it.

## Fix now
`kubectl set resources deployment/NAME -c CONTAINER --requests=cpu=250m` with what it uses on an average day.

## Workaround
Leave it while there is room; nothing breaks.

## Prevent
Review `kubectl get vpa NAME -o yaml` (mode `Off`) once a month: its target is the request to write.

## Validate
`kubectl describe node NODE` shows CPU requests near to what `kubectl top node NODE` shows in use.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: worker}
spec:
  containers:
    - name: worker
      image: shop/worker:2.2.0
      resources:
        requests: {memory: 1Gi} # finding
        limits: {cpu: "4", memory: 1Gi}
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: worker}
spec:
  containers:
    - name: worker
      image: shop/worker:2.2.0
      resources:
        requests: {cpu: 500m, memory: 1Gi}
        limits: {cpu: "4", memory: 1Gi}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import running_containers
from auditor.views.kubernetes.reservation import implied
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=running_containers,
    severity=Severity.INFO,
    aliases="CKV_K8S_10 KSV-0015 AVD-KSV-0015 polaris:cpuRequestsMissing kube-linter:unset-cpu-requirements C-0268 C-0050"
    " kubescape:resources-cpu-requests kubescape:resources-cpu-limit-and-request kube-score:container-resources",
)
def check(it: Container) -> Iterator[Fail]:
    limit = implied(it, "cpu")
    if limit is not None:
        where = it.written_request("cpu")
        yield Fail(where, f"the {it.role} {it.name} requests what its limit says, {quantity.cores(limit.value)}", related=(limit.where,))
