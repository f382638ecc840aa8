"""A role puts containers into running pods.

## Why it matters
`pods/ephemeralcontainers` adds a container of any image to a running pod, in its network and, if asked, its process
namespace: the application's memory and files lie open. It is `exec` into images that have no shell.

## Five whys
1. Why did a distroless pod leak its key? A debug container read its memory.
2. Why could it be added? The role has `pods/ephemeralcontainers`.
3. Why? `kubectl debug` needs it, for everybody in the team.

## Fix now
Give it to the on-call role only, for a time, in one namespace.

## Workaround
A Pod Security level in the namespace limits what the added container may do.

## Prevent
An admission policy on which images debug containers use.

## Validate
`kubectl auth can-i patch pods --subresource=ephemeralcontainers -n NS --as=USER` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: support, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [pods/ephemeralcontainers] # finding
    verbs: [patch]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: support, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [pods/ephemeralcontainers]
    verbs: [get]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import POWERS, own_grants
from auditor.views.kubernetes.rbac import ROLES, Grant


@rule(target=ROLES, each=own_grants, severity=Severity.MEDIUM)
def check(grant: Grant) -> Iterator[Fail]:
    where = POWERS["debug"].used(grant)
    if where:
        yield Fail(where, "the role puts containers into running pods")
