"""A container drops some capabilities, but not all.

## Why it matters
A list of what to drop misses what the next runtime gives; `ALL` does not. The restricted level accepts nothing else.

## Five whys
1. Why was the pod refused in the new namespace? It does not drop `ALL`.
2. Why not, though it drops `NET_RAW`? The list was made against one attack.
3. Why not replaced since? It passed the check of the time.

## Fix now
`drop: [ALL]`, and add back what the program really uses.

## Workaround
Keep the list and enforce `baseline` meanwhile.

## Prevent
`pod-security.kubernetes.io/enforce: restricted`.

## Validate
`kubectl get pod POD -o jsonpath='{.spec.containers[*].securityContext.capabilities.drop}'` prints `["ALL"]`.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
          securityContext:
            capabilities: {drop: [NET_RAW]} # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
          securityContext: {capabilities: {drop: [ALL]}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.capability import kept
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.INFO,
    aliases="KSV-0003 AVD-KSV-0003 KSV-0106 AVD-KSV-0106 CKV_K8S_37 polaris:insecureCapabilities",
)
def check(container: Container) -> Iterator[Fail]:
    if not container.pod.windows and kept(container) == "some":
        where = container.own_security("capabilities.drop")
        yield Fail(where, "the container drops some capabilities, but not all", expected="drop: [ALL]")
