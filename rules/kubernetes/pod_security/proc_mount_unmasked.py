"""A container sees all of /proc, without the runtime's masks.

## Why it matters
Runtimes hide `/proc/kcore`, `/proc/keys`, `/proc/sysrq-trigger` and more, and make `/proc/sys` read-only. `procMount:
Unmasked` takes that away: without user namespaces the container can then change kernel settings of the node.

## Five whys
1. Why did a container panic the node? It wrote to `/proc/sysrq-trigger`.
2. Why could it? `/proc` is unmasked.
3. Why? A build tool that nests containers asked for it.

## Fix now
Remove `procMount: Unmasked`, or add `hostUsers: false`, with which it is harmless (and allowed by the baseline from 1.35).

## Workaround
Nodes of their own for nested builds.

## Prevent
`pod-security.kubernetes.io/enforce: baseline`.

## Validate
`kubectl exec POD -- head -c1 /proc/kcore` fails.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: build}
spec:
  selector: {matchLabels: {app: build}}
  template:
    metadata: {labels: {app: build}}
    spec:
      containers:
        - name: build
          image: shop/build:2.1.0
          securityContext: {procMount: Unmasked} # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: build}
spec:
  selector: {matchLabels: {app: build}}
  template:
    metadata: {labels: {app: build}}
    spec:
      hostUsers: false
      containers:
        - name: build
          image: shop/build:2.1.0
          securityContext: {procMount: Unmasked}
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
      containers:
        - name: web
          image: shop/web:1.4.2
          securityContext: {procMount: Default}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.security_standard import has_own_users
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.MEDIUM,
    aliases="KSV-0027 AVD-KSV-0027 kube-linter:unsafe-proc-mount polaris:procMount",
)
def check(container: Container) -> Iterator[Fail]:
    where = container.own_security("procMount")
    if where.text not in (None, "Default") and not has_own_users(container.pod):
        yield Fail(where, "the container sees all of /proc, without the runtime's masks", expected="Default")
