"""The memory request of a container is nothing but its limit.

## Why it matters
A limit without a request makes the API server write the same amount as the request. That is safe, but rarely meant: whoever raises the
limit after an `OOMKilled` reserves that much on every node as well, for every replica, and wonders why pods no longer fit. This is
advice: write both, so that each can be changed alone.

## Five whys
1. Why are four pods pending since yesterday? Each of them now reserves 8 GiB.
2. Why so much? Somebody raised the memory limit from 2 to 8 GiB after a crash.
3. Why did that change the reservation? No request is written, and then the limit is the request.

## Fix now
Write the request that holds today, which changes nothing: `resources.requests.memory` with the amount of the limit.

## Workaround
None is needed: the pod runs as it is.

## Prevent
A LimitRange does not help here, since the limit comes first. Let the chart's `values.yaml` hold both numbers next to each other.

## Validate
`kubectl get deployment NAME -o jsonpath='{.spec.template.spec.containers[*].resources.requests}'` shows memory; a running pod shows it
in either case.

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
            limits: # finding
              memory: 512Mi
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
            requests: {memory: 512Mi}
            limits: {memory: 512Mi}
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
    aliases="KSV-0016 AVD-KSV-0016 polaris:memoryRequestsMissing kube-linter:unset-memory-requirements C-0269 C-0004"
    " kubescape:resources-memory-requests kubescape:resources-memory-limit-and-request kube-score:container-resources",
)
def check(it: Container) -> Iterator[Fail]:
    limit = implied(it, "memory")
    if limit is not None:
        where = it.written_request("memory")
        yield Fail(where, f"the {it.role} {it.name} requests what its limit says, {quantity.size(limit.value)}", related=(limit.where,))
