"""A container has no seccomp profile.

## Why it matters
Without a profile a container runs unconfined unless the kubelet was started with `seccompDefault: true`, which most clusters
are not. The runtime's profile costs nothing and refuses the calls that most escapes need.

## Five whys
1. Why was the kernel flaw reachable from the pod? The system call it is in was not filtered.
2. Why not? The container has no seccomp profile.
3. Why not? The field is absent, and the kubelet's default is unconfined.

## Fix now
`securityContext: {seccompProfile: {type: RuntimeDefault}}` on the pod.

## Workaround
`seccompDefault: true` in the kubelet's configuration covers every pod of the node.

## Prevent
`pod-security.kubernetes.io/enforce: restricted`.

## Validate
`kubectl exec POD -- grep Seccomp: /proc/1/status` prints `2`.

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
      securityContext: {seccompProfile: {type: RuntimeDefault}}
      containers:
        - {name: web, image: "shop/web:1.4.2"}
```

```yaml
apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations: {seccomp.security.alpha.kubernetes.io/pod: runtime/default}
spec:
  containers:
    - {name: web, image: "shop/web:1.4.2"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.INFO,
    aliases="KSV-0030 AVD-KSV-0030 CKV_K8S_31 FG_R00495 KSV-0104 AVD-KSV-0104 kubescape:set-seccomp-profile"
    " kubescape:set-seccomp-profile-RuntimeDefault C-0210",
)
def check(container: Container) -> Iterator[Fail]:
    pod = container.pod
    own = container.own_security("seccompProfile")
    if pod.windows or own.present or pod.security("seccompProfile").present:
        return
    if any("seccomp.security.alpha.kubernetes.io/" in key for key, _ in pod.annotations.entries()):
        return  # the old spelling, which versions before 1.27 heed
    yield Fail(own, "the container has no seccomp profile", expected="type: RuntimeDefault")
