"""A role makes role bindings: it gives its rights to others.

## Why it matters
Its holder may bind every role whose rights it has itself, to any user or service account, and so keep access after its own is
taken away.

## Five whys
1. Why had the former contractor still access? A binding to another account was left behind.
2. Why could he make it? His role creates bindings.
3. Why? He set up namespaces.

## Fix now
Make bindings by GitOps from a reviewed repository, and remove the right.

## Workaround
`resourceNames` on `update` and `patch`; alert on new bindings in the audit log.

## Prevent
The built-in role `admin` already contains it: give `edit` instead.

## Validate
`kubectl auth can-i create rolebindings -n NS --as=USER` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: setup, namespace: shop}
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [rolebindings] # finding
    verbs: [create]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: setup, namespace: shop}
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [rolebindings]
    verbs: [get, list]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import POWERS, own_grants
from auditor.views.kubernetes.rbac import ROLES, Grant


@rule(
    target=ROLES,
    each=own_grants,
    severity=Severity.MEDIUM,
    aliases="KSV-0050 AVD-KSV-0050 KSV-0051 AVD-KSV-0051 KSV-0052 AVD-KSV-0052",
)
def check(grant: Grant) -> Iterator[Fail]:
    where = POWERS["bindings"].used(grant)
    if where and not POWERS["escalate"].used(grant):
        yield Fail(where, "the role makes role bindings: it gives its rights to others")
