"""A container drops capabilities, but keeps raw sockets.

## Why it matters
Of the capabilities that runtimes give, `NET_RAW` is the one that attacks neighbours: forged ARP and DNS answers. A list of
dropped ones without it misses the point.

## Five whys
1. Why was DNS forged on the node? A pod sent answers with another's address.
2. Why could it, with a list of dropped capabilities? `NET_RAW` is not in it.
3. Why not? The list was copied from a blog of another time.

## Fix now
Replace the list by `drop: [ALL]` and add back what is used.

## Workaround
Add `NET_RAW` to the list.

## Prevent
`pod-security.kubernetes.io/enforce: restricted`.

## Validate
`kubectl exec POD -- grep CapBnd /proc/1/status`; bit 13 (`0x2000`) is not set.

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
            capabilities:
              drop: [MKNOD] # finding
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
          securityContext: {capabilities: {drop: ["NET_RAW", "MKNOD"]}}
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
    aliases="KSV-0003 AVD-KSV-0003 KSV-0106 AVD-KSV-0106 CKV_K8S_28 CKV_K8S_37 FG_R00491 kube-linter:drop-net-raw-capability"
    " polaris:insecureCapabilities kubescape:drop-capability-netraw",
)
def check(container: Container) -> Iterator[Fail]:
    if not container.pod.windows and kept(container) == "NET_RAW":
        where = container.own_security("capabilities.drop")
        yield Fail(where, "the container drops capabilities, but keeps NET_RAW", expected="drop: [ALL]")
