"""AppArmor is switched off for a container.

## Why it matters
On nodes with AppArmor the runtime's profile forbids a container to mount, to write below `/proc/sys` and to trace others.
`Unconfined` takes that away for nothing that an application needs.

## Five whys
1. Why could the container remount `/proc` writable? AppArmor did not stop it.
2. Why not? Its profile is `unconfined`.
3. Why? An old image of a database asked for it, years ago.

## Fix now
Remove the annotation or field, or set `appArmorProfile: {type: RuntimeDefault}`.

## Workaround
A profile of your own (`type: Localhost`) that allows the one thing that failed.

## Prevent
`pod-security.kubernetes.io/enforce: baseline` refuses it.

## Validate
`kubectl exec POD -- cat /proc/1/attr/current` does not print `unconfined`.

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
            appArmorProfile: {type: Unconfined} # finding
```

```yaml
apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations:
    container.apparmor.security.beta.kubernetes.io/web: unconfined # finding
spec:
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
      containers:
        - {name: web, image: "shop/web:1.4.2"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.security_standard import SECCOMP, contexts
from auditor.views.kubernetes.workload import KINDS

_KEY = "container.apparmor.security.beta.kubernetes.io/"


@rule(target=KINDS, each=pods, severity=Severity.MEDIUM, aliases="KSV-0002 AVD-KSV-0002")
def check(pod: Pod) -> Iterator[Fail]:
    for context in contexts(pod):
        where = context.at("appArmorProfile.type")
        if where.present and where.text not in SECCOMP:
            yield Fail(where, "AppArmor is switched off for the container", expected="RuntimeDefault")
    for key, where in pod.annotations.entries():
        text = where.text if key.startswith(_KEY) else ""
        if text and text != "runtime/default" and not text.startswith("localhost/"):
            yield Fail(where, "AppArmor is switched off for the container", expected="runtime/default")
