"""A container names another user than root, but nothing refuses root.

## Why it matters
`runAsUser` is a number that the next edit or a container without it changes; `runAsNonRoot: true` is the promise that the
kubelet keeps. The restricted level asks for the promise.

## Five whys
1. Why did a sidecar run as root? It has no `runAsUser`, and the container beside it has.
2. Why was it not refused? `runAsNonRoot` is not set on the pod.

## Fix now
Add `securityContext: {runAsNonRoot: true}` to the pod.

## Workaround
The number protects as long as it stands there.

## Prevent
`pod-security.kubernetes.io/enforce: restricted`.

## Validate
`kubectl get pod POD -o jsonpath='{.spec.securityContext.runAsNonRoot}'` prints `true`.

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
          securityContext: {runAsUser: 1000} # finding
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
      securityContext: {runAsNonRoot: true}
      containers:
        - name: web
          image: shop/web:1.4.2
          securityContext: {runAsUser: 1000}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.security_standard import has_own_users
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=containers, severity=Severity.INFO, aliases="KSV-0012 AVD-KSV-0012")
def check(container: Container) -> Iterator[Fail]:
    user = container.security("runAsUser")
    if not user.number or container.security("runAsNonRoot").flag is True or has_own_users(container.pod):
        return
    where = container.own_security("runAsNonRoot")
    message = "the container names another user than root, but nothing refuses root"
    yield Fail(where, message, expected="runAsNonRoot: true", related=(user,))
