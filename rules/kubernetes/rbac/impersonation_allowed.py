"""A role acts as other users, groups or service accounts.

## Why it matters
`kubectl --as=... --as-group=system:masters` is then cluster-admin. The audit log names the impersonated identity first, so
the trace leads elsewhere.

## Five whys
1. Why did an admin who was on leave delete a namespace? Somebody acted in his name.
2. Why could he? His role may `impersonate` users.
3. Why? A support tool shows what a user sees.

## Fix now
Remove it, or limit it by `resourceNames` to harmless users and groups (never `system:masters`).

## Workaround
Alert on `impersonatedUser` in the audit log.

## Prevent
Show what a user may do with `kubectl auth can-i --list --as`, run by an admin, not by a tool's account.

## Validate
`kubectl auth can-i impersonate users --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: support}
rules:
  - apiGroups: [""]
    resources: [users, groups] # finding
    verbs: [impersonate]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: support}
rules:
  - apiGroups: [""]
    resources: [users]
    verbs: [get]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import POWERS, own_grants
from auditor.views.kubernetes.rbac import ROLES, Grant


@rule(
    target=ROLES,
    each=own_grants,
    severity=Severity.HIGH,
    aliases="KSV-0043 AVD-KSV-0043 kubescape:rule-can-impersonate-users-groups-v1 C-0065",
)
def check(grant: Grant) -> Iterator[Fail]:
    where = POWERS["impersonate"].used(grant)
    if where:
        yield Fail(where, "the role acts as other users, groups or service accounts")
