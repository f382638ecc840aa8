"""A container gets a capability that no runtime gives by itself.

## Why it matters
Every capability beyond the runtime's own is a right of root that the application has after a break-in. `IPC_LOCK`,
`SYS_NICE`, `SYS_RESOURCE` and the like are less than the dangerous ones, and still refused by the baseline level.

## Five whys
1. Why was the pod refused after the namespace was labelled? It adds `SYS_NICE`.
2. Why does it? A database's manual recommends it for its threads.
3. Why is it not needed? The database logs a warning and works without.

## Fix now
Remove it where the program starts without; else write down why at the line.

## Workaround
Keep it on that container only, not on its sidecars.

## Prevent
`kubectl label --dry-run=server --overwrite ns NS pod-security.kubernetes.io/enforce=baseline` lists the pods that would be
refused.

## Validate
`kubectl get pod POD -o jsonpath='{.spec.containers[*].securityContext.capabilities.add}'` is empty.

## Bad
```yaml
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers:
        - name: db
          image: shop/db:8.0.36
          securityContext:
            capabilities: {add: [SYS_NICE]} # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers:
        - name: db
          image: shop/db:8.0.36
          securityContext: {capabilities: {add: [CHOWN, SETUID]}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.capability import DANGEROUS, GIVEN, KERNEL, added
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS

_ELSEWHERE = DANGEROUS | KERNEL | GIVEN | {"SYS_ADMIN", "ALL", "NET_RAW"}


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.LOW,
    aliases="KSV-0022 AVD-KSV-0022 CKV_K8S_25 KSV-0106 AVD-KSV-0106 FG_R00492",
)
def check(container: Container) -> Iterator[Fail]:
    for where, name in added(container):
        if name not in _ELSEWHERE:
            yield Fail(where, f"the container gets the capability {name}, which no runtime gives by itself")
