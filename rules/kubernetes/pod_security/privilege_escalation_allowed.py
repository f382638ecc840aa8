"""A container lets its processes gain more privileges.

## Why it matters
Unless `allowPrivilegeEscalation` is false, a set-uid program in the image (`su`, `sudo`, `mount`, a forgotten helper) gives
root inside the container to whoever breaks into the application. From there a kernel flaw or a writable host mount is one
step away; without it the intruder stays the application's user. What is not written is allowed.

## Five whys
1. Why was a node taken over? A process in a container became root and used a kernel flaw.
2. Why could it become root, though the image runs as user 1000? It ran a set-uid program.
3. Why did that work? The kernel flag `no_new_privs` was not set for the container.
4. Why not? `allowPrivilegeEscalation` is not written, and the default is true.
5. Why is it not written? The manifest was copied from an example that has no `securityContext`.

## Fix now
Set `securityContext.allowPrivilegeEscalation: false` on the container and roll out; an application that does not call set-uid
programs does not notice.

## Workaround
Drop all capabilities (`capabilities: {drop: [ALL]}`) where the flag breaks an old image: set-uid still works, but gives less.

## Prevent
Label the namespace `pod-security.kubernetes.io/enforce: restricted`; the API server then refuses pods without the flag.

## Validate
`kubectl exec POD -c CONTAINER -- grep NoNewPrivs /proc/1/status` prints `1`.

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
          image: shop/proxy:2.0.1
          securityContext: {allowPrivilegeEscalation: null} # finding
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
          securityContext: {allowPrivilegeEscalation: false}
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
      os: {name: windows}
      containers:
        - {name: web, image: "shop/web:1.4.2-ltsc2022"}
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
    aliases="CKV_K8S_20 KSV-0001 AVD-KSV-0001 polaris:privilegeEscalationAllowed kubescape:rule-allow-privilege-escalation C-0016",
)
def check(container: Container) -> Iterator[Fail]:
    where = container.own_security("allowPrivilegeEscalation")
    if where.flag is None and not container.pod.windows:
        message = "a process in the container may gain more privileges than it was started with"
        yield Fail(where, message, expected="false", actual="not set, which means true")
