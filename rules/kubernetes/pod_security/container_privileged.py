"""A container is privileged: it is root on the node.

## Why it matters
`privileged: true` switches off every wall between container and node: all capabilities, all devices, no seccomp, no AppArmor.
`mount /dev/nvme0n1p1 /mnt` in the container reads and writes the node's disk, its kubelet credentials and the secrets of
every pod on it.

## Five whys
1. Why could one broken web pod read the secrets of all others? It mounted the node's disk.
2. Why did the kernel let it? The container is privileged.
3. Why is it? A vendor's manual said so, for one `sysctl`.
4. Why was nothing narrower tried? `privileged: true` makes every permission error go away at once.
5. Why did nobody see it? The namespace enforces no Pod Security level.

## Fix now
Remove `privileged: true`, run, and add back only what the log asks for: one capability (`capabilities: {add: [NET_ADMIN]}`),
one device through a device plugin, one sysctl through `securityContext.sysctls`.

## Workaround
Move the workload to nodes of its own (taint plus toleration) and to a namespace of its own, so that what it can take is only
itself.

## Prevent
`kubectl label namespace NS pod-security.kubernetes.io/enforce=baseline` refuses privileged pods; node agents live in a
namespace that says `privileged` openly.

## Validate
`kubectl get pods -A -o json | jq -r '.items[] | select(.spec.containers[].securityContext.privileged==true) |
.metadata.name'` no longer names the pod.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: builder}
spec:
  selector: {matchLabels: {app: builder}}
  template:
    metadata: {labels: {app: builder}}
    spec:
      initContainers:
        - name: tune
          image: shop/tune:1.0.0
          securityContext: {privileged: true} # finding
      containers:
        - name: build
          image: shop/build:2.1.0
          securityContext:
            privileged: true # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: builder}
spec:
  selector: {matchLabels: {app: builder}}
  template:
    metadata: {labels: {app: builder}}
    spec:
      containers:
        - name: build
          image: shop/build:2.1.0
          securityContext: {privileged: false}
        - {name: sidecar, image: "shop/sidecar:1.0.0"}
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
    aliases="CKV_K8S_16 KSV-0017 AVD-KSV-0017 FG_R00485 kube-linter:privileged-container polaris:runAsPrivileged"
    " kubescape:rule-privilege-escalation C-0057",
)
def check(container: Container) -> Iterator[Fail]:
    if container.privileged:
        yield Fail(container.own_security("privileged"), "the container is privileged, which is root on the node", expected="false")
