"""A container gets SYS_ADMIN, or every capability.

## Why it matters
`SYS_ADMIN` is the new root: mounting file systems, entering namespaces, loading BPF programs. `ALL` contains it. Together
with root in the container, most ways out of a container begin with it, and seccomp is the only wall that is left.

## Five whys
1. Why did a container escape? It wrote to `release_agent` of a cgroup that it mounted itself.
2. Why could it mount a cgroup? It has `SYS_ADMIN`.
3. Why? A FUSE file system was needed, and `SYS_ADMIN` made it work.
4. Why was the device plugin not used? The example that was copied had `add: [SYS_ADMIN]`.

## Fix now
Remove it. For FUSE use a CSI driver or a device plugin, for profiling `PERFMON`, for BPF `BPF`; find what is really used with
`capsh --print` and `getpcaps 1` in the container, or with tracing of `cap_capable`.

## Workaround
Keep the seccomp profile `RuntimeDefault` beside it and run as non-root; both take much of its sharpness away.

## Prevent
`pod-security.kubernetes.io/enforce: baseline` refuses it.

## Validate
`kubectl exec POD -- grep CapBnd /proc/1/status`; bit 21 (`0x200000`) is not set.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: store}
spec:
  selector: {matchLabels: {app: store}}
  template:
    metadata: {labels: {app: store}}
    spec:
      containers:
        - name: store
          image: shop/store:1.0.0
          securityContext:
            capabilities:
              add:
                - NET_BIND_SERVICE
                - SYS_ADMIN # finding
        - name: debug
          image: shop/debug:1.0.0
          securityContext: {capabilities: {add: [ALL]}} # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: store}
spec:
  selector: {matchLabels: {app: store}}
  template:
    metadata: {labels: {app: store}}
    spec:
      containers:
        - name: store
          image: shop/store:1.0.0
          securityContext: {capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.kubernetes.capability import added
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="CKV_K8S_39 KSV-0005 AVD-KSV-0005 KSV-0022 AVD-KSV-0022 CKV_K8S_25 KSV-0106 AVD-KSV-0106 FG_R00492"
    " polaris:dangerousCapabilities kubescape:insecure-capabilities C-0046",
)
def check(container: Container) -> Iterator[Fail]:
    for where, name in added(container):
        if name in ("SYS_ADMIN", "ALL"):
            yield Fail(where, f"the container gets the capability {name}, which is root in all but name", expected="no SYS_ADMIN")
