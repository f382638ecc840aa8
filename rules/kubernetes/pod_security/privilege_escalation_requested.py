"""A container asks that its processes may gain more privileges.

## Why it matters
Somebody wrote `allowPrivilegeEscalation: true`, so `no_new_privs` is off on purpose: `sudo` and every other set-uid program
in the image makes a broken-into application root in its container. A privileged container and one with `SYS_ADMIN` cannot
refuse either; there the flag is not the fault.

## Five whys
1. Why did the attacker own the node's disks? He was root in a pod that mounts them.
2. Why was he root? The image has `sudo`, and `sudo` worked.
3. Why did it work in a container that runs as user 1000? `allowPrivilegeEscalation: true`.
4. Why was that written? An entrypoint changed file owners with `sudo chown` at every start.

## Fix now
Replace the line by `allowPrivilegeEscalation: false`; do what needed it at build time (`COPY --chown=1000:1000`) or with
`fsGroup`, then `kubectl rollout restart deployment/NAME`.

## Workaround
Keep it on one init container that does the `chown`, and set it to false on the containers that take traffic.

## Prevent
`kubectl label namespace NS pod-security.kubernetes.io/enforce=restricted`; without touching pods first: `--dry-run=server`
lists who would be refused.

## Validate
`kubectl get pod POD -o jsonpath='{.spec.containers[*].securityContext.allowPrivilegeEscalation}'` prints `false` for each.

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
            allowPrivilegeEscalation: true # finding
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
        - {name: silent, image: "shop/web:1.4.2"}
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
    severity=Severity.MEDIUM,
    aliases="CKV_K8S_20 KSV-0001 AVD-KSV-0001 FG_R00489 polaris:privilegeEscalationAllowed"
    " kubescape:rule-allow-privilege-escalation C-0016 kube-linter:privilege-escalation-container",
)
def check(container: Container) -> Iterator[Fail]:
    where = container.own_security("allowPrivilegeEscalation")
    if where.flag is True and not container.pod.windows:
        yield Fail(where, "the container asks that its processes may gain more privileges", expected="false")
