"""A container has none of Linux's walls: no profile, no dropped capability.

## Why it matters
Seccomp, AppArmor, SELinux and dropped capabilities are four walls between an application and the kernel. This container asks
for none of them, so one kernel flaw is enough.

## Five whys
1. Why did one kernel flaw suffice? Nothing stood between the process and the system call.
2. Why? No seccomp, AppArmor or SELinux setting, and no capability dropped.
3. Why? Nobody hardened it; the defaults of the cluster are bare.

## Fix now
`securityContext: {seccompProfile: {type: RuntimeDefault}}` on the pod and `capabilities: {drop: [ALL]}` on the container.

## Workaround
`seccompDefault: true` on the kubelets helps every pod at once.

## Prevent
`pod-security.kubernetes.io/enforce: restricted`.

## Validate
`kubectl exec POD -- grep -E 'Seccomp:|CapBnd' /proc/1/status` prints `2` and zeros.

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
      securityContext: {seccompProfile: {type: RuntimeDefault}}
      containers:
        - {name: web, image: "shop/web:1.4.2"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.security_standard import SECCOMP
from auditor.views.kubernetes.workload import KINDS

_ANNOTATIONS = ("container.apparmor.security.beta.kubernetes.io/", "container.seccomp.security.alpha.kubernetes.io/")


@rule(target=KINDS, each=containers, severity=Severity.INFO, aliases="polaris:linuxHardening kubescape:linux-hardening C-0055")
def check(container: Container) -> Iterator[Fail]:
    dropped, gained = container.dropped_capabilities, container.added_capabilities
    if container.pod.windows or (dropped and "ALL" not in gained):
        return
    profiles = [container.security(f"{field}.type").text for field in ("seccompProfile", "appArmorProfile")]
    if container.security("seLinuxOptions").present or any(it in SECCOMP for it in profiles):
        return
    own = (*_ANNOTATIONS, "seccomp.security.alpha.kubernetes.io/pod")
    keys = [f"{it}{container.name}" if it in _ANNOTATIONS else it for it in own]
    if any(key in keys and node.text != "unconfined" for key, node in container.pod.annotations.entries()):
        return
    yield Fail(container.where.at("securityContext"), "the container has no profile and drops no capability")
