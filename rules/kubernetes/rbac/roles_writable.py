"""A role changes roles.

## Why it matters
Without `escalate` the API server lets its holder write only rights that it has itself. Still it can take rights away from
others, and it widens its own reach wherever its rights are wider in another namespace.

## Five whys
1. Why had nobody access on Monday? A job had emptied a role.
2. Why could it? It may update roles.
3. Why? It keeps one role up to date.

## Fix now
`resourceNames` with the role that it keeps.

## Workaround
Keep roles in the repository and let GitOps restore them.

## Prevent
Alert in the audit log on changes of roles.

## Validate
`kubectl auth can-i update roles -n NS --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: keeper, namespace: shop}
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [roles] # finding
    verbs: [update]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: keeper, namespace: shop}
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [roles]
    resourceNames: [cart]
    verbs: [update]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import POWERS, own_grants
from auditor.views.kubernetes.rbac import ROLES, Grant


@rule(target=ROLES, each=own_grants, severity=Severity.INFO, aliases="KSV-0050 AVD-KSV-0050")
def check(grant: Grant) -> Iterator[Fail]:
    where = POWERS["roles"].used(grant)
    if where and not POWERS["escalate"].used(grant):
        yield Fail(where, "the role changes roles", expected="resourceNames")
