"""A container keeps every capability that the runtime gives.

## Why it matters
Runtimes give a container fourteen rights of root (`CHOWN`, `DAC_OVERRIDE`, `NET_RAW`, `SETUID`, `MKNOD` ...). A web server
needs none of them; an intruder uses them to forge packets, change owners and build devices.

## Five whys
1. Why could the intruder pose as the gateway? He had raw sockets.
2. Why? Nobody took them away, and the runtime gives them.
3. Why is nothing dropped? The manifest has no `capabilities`.

## Fix now
Write `capabilities: {drop: [ALL]}`; add `NET_BIND_SERVICE` for ports below 1024. An entrypoint that changes users (`gosu`,
`su-exec`) also needs `SETUID` and `SETGID`.

## Workaround
`drop: [NET_RAW]` alone breaks almost nothing and takes the worst away.

## Prevent
`pod-security.kubernetes.io/enforce: restricted` on the namespace.

## Validate
`kubectl exec POD -- grep CapBnd /proc/1/status` prints `0000000000000000` (or `...0400` with `NET_BIND_SERVICE`).

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
        - name: proxy
          image: shop/proxy:1.0.0
          securityContext: {capabilities: {drop: [NET_RAW]}}
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
    aliases="KSV-0004 AVD-KSV-0004 KSV-0003 AVD-KSV-0003 KSV-0106 AVD-KSV-0106 CKV_K8S_28 CKV_K8S_37 FG_R00491 FG_R00493"
    " polaris:insecureCapabilities kubescape:drop-capability-netraw",
)
def check(container: Container) -> Iterator[Fail]:
    if not container.pod.windows and kept(container) == "everything":
        where = container.own_security("capabilities.drop")
        yield Fail(where, "the container keeps every capability that the runtime gives", expected="drop: [ALL]")
