"""Nothing limits the CPU of a container.

## Why it matters
Where strangers share nodes, one busy container takes all CPU that nobody has requested, and the others' response times follow its load.
This is advice for such clusters, and no defect: the requests of the others are kept in any case, a limit throttles the container even
on an idle node, and many teams leave it out on purpose.

## Five whys
1. Why did the response time of one tenant double? It had lived on CPU that it had never requested.
2. Why was that gone? Another tenant's batch job took all that was free.
3. Why could it? It has no `resources.limits.cpu`.

## Fix now
On nodes that tenants share: `kubectl set resources deployment/NAME -c CONTAINER --limits=cpu=2`, twice the request or more, so that
starting up is not throttled.

## Workaround
Raise the request of the container that suffers: requests hold whatever the neighbours do.

## Prevent
Decide it once for a cluster. For a shared one, a LimitRange with `default: {cpu: "2"}`; else switch this rule off in `auditor.yaml`.

## Validate
`kubectl exec POD -c CONTAINER -- cat /sys/fs/cgroup/cpu.max` starts with a number; `container_cpu_cfs_throttled_periods_total` stays low.

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
            requests: {cpu: 250m, memory: 256Mi}
            limits: {memory: 256Mi} # finding
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
            limits: {cpu: "1", memory: 256Mi}
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
    severity=Severity.INFO,
    aliases="CKV_K8S_11 KSV-0011 AVD-KSV-0011 polaris:cpuLimitsMissing kube-linter:unset-cpu-requirements C-0270 C-0050 C-0009"
    " kubescape:resources-cpu-limits kubescape:resources-cpu-limit-and-request kubescape:resource-policies kube-score:container-resources",
)
def check(it: Container) -> Iterator[Fail]:
    where = unlimited(it, "cpu")
    if where is not None:
        yield Fail(where, f"nothing limits the CPU of the {it.role} {it.name}", expected="a limit, where tenants share nodes")
