"""A container is told to run as root.

## Why it matters
`runAsUser: 0` overrides a safe user of the image: every process in the container is root for the kernel, can change its own
image's files, and with a runtime flaw or a writable host mount is root on the node.

## Five whys
1. Why was the intruder root? The process he took over was.
2. Why, though the image says `USER app`? The manifest says `runAsUser: 0`.
3. Why was that written? A volume could not be written by `app`.
4. Why not fixed with `fsGroup`? Root was quicker.

## Fix now
Remove `runAsUser: 0`; give the volume to the group with `fsGroup: 1000` (`fsGroupChangePolicy: OnRootMismatch` for large
ones).

## Workaround
Keep root in one init container that changes the owner, not in the one that takes traffic.

## Prevent
`pod-security.kubernetes.io/enforce: restricted` on the namespace.

## Validate
`kubectl exec POD -c CONTAINER -- id -u` prints something other than `0`.

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
            runAsUser: 0 # finding
```

```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      securityContext: {runAsUser: 0} # finding
      containers:
        - {name: web, image: "shop/web:1.4.2"}
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
      securityContext: {runAsUser: 0}
      containers:
        - name: web
          image: shop/web:1.4.2
          securityContext: {runAsUser: 1000}
```

```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      hostUsers: false
      containers:
        - name: web
          image: shop/web:1.4.2
          securityContext: {runAsUser: 0}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.security_standard import has_own_users
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.MEDIUM,
    aliases="KSV-0105 AVD-KSV-0105 CKV_K8S_23 KSV-0012 AVD-KSV-0012 FG_R00490 kube-linter:run-as-non-root polaris:runAsRootAllowed"
    " kubescape:non-root-containers C-0013",
)
def check(container: Container) -> Iterator[Fail]:
    where = container.security("runAsUser")
    if where.number == 0 and not has_own_users(container.pod) and container.security("runAsNonRoot").flag is not True:
        yield Fail(where, "the container is told to run as root", expected="a user above 0")
