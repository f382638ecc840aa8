"""A container must not be root and is told to be: it never starts.

## Why it matters
`runAsNonRoot: true` with `runAsUser: 0` cannot hold. The kubelet refuses to create the container, on every node and at every
try; the pod stays in `CreateContainerConfigError` and the rollout never ends.

## Five whys
1. Why are there no pods of the new version? They are in `CreateContainerConfigError`.
2. Why? `container's runAsUser breaks non-root policy`.
3. Why does it? The pod says `runAsNonRoot: true`, the container `runAsUser: 0`.
4. Why both? The pod's part came with a hardening patch, the container's was there before.

## Fix now
Set the container's `runAsUser` to the user that the image is made for (`docker inspect --format '{{.Config.User}}' IMAGE`),
or remove the line.

## Workaround
`kubectl rollout undo deployment/NAME` brings the old pods back while you look.

## Prevent
`kubectl apply --dry-run=server` does not see it; run the pod once in a test namespace.

## Validate
`kubectl get pods -l app=NAME` shows `Running`, and `kubectl exec POD -- id -u` is not `0`.

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
      securityContext: {runAsNonRoot: true}
      containers:
        - name: web
          image: shop/web:1.4.2
          securityContext: {runAsUser: 0} # finding
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

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="KSV-0105 AVD-KSV-0105",
    symptoms=("container's runAsUser breaks non-root policy", "CreateContainerConfigError"),
)
def check(container: Container) -> Iterator[Fail]:
    where, denied = container.security("runAsUser"), container.security("runAsNonRoot")
    if where.number == 0 and denied.flag is True and not container.pod.windows:
        message = "the container must not be root and is told to be: the kubelet never starts it"
        yield Fail(where, message, expected="a user above 0", related=(denied,))
