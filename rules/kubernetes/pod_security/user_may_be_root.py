"""A container runs as whatever user its image says, which may be root.

## Why it matters
Most base images run as root, and root in a container is root for the kernel: with any flaw in the runtime, or any writable
host mount, it is root on the node. Nothing in the manifest says another user, and nothing refuses root.

## Five whys
1. Why could the intruder install tools in the container? He was root.
2. Why? The image's user is root, since its `Dockerfile` has no `USER`.
3. Why did Kubernetes start it as root? `runAsNonRoot` is not set, and no `runAsUser` says otherwise.
4. Why not? The restricted level is not enforced in the namespace.

## Fix now
Set `securityContext: {runAsNonRoot: true}` on the pod; where the image's user is a name or root, also `runAsUser: 1000`.
Build with `USER 1000:1000`.

## Workaround
`runAsUser: 1000` and `fsGroup: 1000` alone make most images run unchanged; ports below 1024 need `NET_BIND_SERVICE`.

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
        - name: web # finding
          image: shop/web:1.4.2
        - name: proxy
          image: shop/proxy:1.0.0
          securityContext: {runAsNonRoot: false} # finding
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
      securityContext: {runAsUser: 1000}
      containers:
        - {name: web, image: "shop/web:1.4.2"}
        - name: proxy
          image: shop/proxy:1.0.0
          securityContext: {runAsNonRoot: true}
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
        - {name: web, image: "shop/web:1.4.2"}
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
    severity=Severity.INFO,
    aliases="CKV_K8S_23 KSV-0012 AVD-KSV-0012 FG_R00490 kube-linter:run-as-non-root polaris:runAsRootAllowed"
    " kubescape:non-root-containers C-0013",
)
def check(container: Container) -> Iterator[Fail]:
    where = container.security("runAsNonRoot")
    if has_own_users(container.pod) or where.flag is True or container.security("runAsUser").number is not None:
        return
    own = container.own_security("runAsNonRoot")
    yield Fail(where if where.present else own, "the container runs as whatever user its image says, which may be root", expected="true")
