"""System calls of a container are not filtered, on purpose.

## Why it matters
The runtime's seccomp profile refuses some sixty system calls that applications do not need and that most container escapes
begin with. `Unconfined` switches that off, also where the kubelet would give the profile by default.

## Five whys
1. Why could the exploit call `unshare` and `keyctl`? Nothing filtered its system calls.
2. Why? The profile is `Unconfined`.
3. Why was it written? A debugger failed once with `operation not permitted`.

## Fix now
Replace `type: Unconfined` by `type: RuntimeDefault`; a program that needs one more call gets a profile of its own (`type:
Localhost`).

## Workaround
Unconfined on the one container that needs it, not on the pod.

## Prevent
`pod-security.kubernetes.io/enforce: baseline` refuses it.

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
      securityContext:
        seccompProfile: {type: Unconfined} # finding
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
      securityContext:
        seccompProfile: {type: Unconfined}
      containers:
        - name: web
          image: shop/web:1.4.2
          securityContext: {seccompProfile: {type: Localhost, localhostProfile: web.json}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.security_standard import SECCOMP, contexts
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.MEDIUM,
    aliases="KSV-0104 AVD-KSV-0104 KSV-0030 AVD-KSV-0030 CKV_K8S_31 FG_R00495 C-0210",
)
def check(pod: Pod) -> Iterator[Fail]:
    message, told = "system calls are not filtered", set[str]()
    for container in pod.containers:
        where = container.security("seccompProfile.type")
        if where.present and where.text not in SECCOMP and where.path not in told:
            told.add(where.path)
            yield Fail(where, message, expected="RuntimeDefault")
    if any(context.at("seccompProfile").present for context in contexts(pod)):
        return  # then the annotations, the old spelling, do not count
    for key, where in pod.annotations.entries():
        if "seccomp.security.alpha.kubernetes.io/" in key and where.text == "unconfined":
            yield Fail(where, message, expected="seccompProfile: {type: RuntimeDefault}")
