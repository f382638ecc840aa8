"""A container may change the kernel or the machine.

## Why it matters
`SYS_MODULE` loads kernel modules, `SYS_RAWIO` writes to physical memory and disks, `BPF` loads programs into the kernel,
`SYS_BOOT` reboots, `MAC_ADMIN` rewrites SELinux and AppArmor. Each is the node, not the container.

## Five whys
1. Why did the node run a rootkit? A module was loaded.
2. Why could a container load it? It has `SYS_MODULE`.
3. Why? It needs one module, `br_netfilter`, at start.
4. Why does the container load it? Nobody owns the node's image.

## Fix now
Load modules when the node boots (`/etc/modules-load.d`), and remove the capability. Keep `BPF` to agents that are made of it,
in their own namespace.

## Workaround
Pin the image by digest and forbid `exec` into the pod, so that only the shipped program has the capability.

## Prevent
`pod-security.kubernetes.io/enforce: baseline`.

## Validate
`kubectl exec POD -- capsh --print` does not list the capability.

## Bad
```yaml
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: net}
spec:
  selector: {matchLabels: {app: net}}
  template:
    metadata: {labels: {app: net}}
    spec:
      containers:
        - name: net
          image: shop/net:1.0.0
          securityContext:
            capabilities:
              add:
                - SYS_MODULE # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: net}
spec:
  selector: {matchLabels: {app: net}}
  template:
    metadata: {labels: {app: net}}
    spec:
      containers:
        - name: net
          image: shop/net:1.0.0
          securityContext: {capabilities: {add: [CHOWN]}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.capability import KERNEL, added
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.HIGH,
    aliases="KSV-0120 AVD-KSV-0120 KSV-0022 AVD-KSV-0022 CKV_K8S_25 KSV-0106 AVD-KSV-0106 FG_R00492 kubescape:insecure-capabilities C-0046",
)
def check(container: Container) -> Iterator[Fail]:
    for where, name in added(container):
        if name in KERNEL:
            yield Fail(where, f"the container gets the capability {name}: it may change the kernel or the machine")
