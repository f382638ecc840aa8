"""A rule allows creation of objects by name, which never holds.

## Why it matters
When an object is created the API server does not know its name yet at the time of the check, so a rule with `resourceNames`
never allows `create` (or `deletecollection`). The program fails with `forbidden` the first time that the object is not there.

## Five whys
1. Why does the leader election fail in a new namespace? `configmaps is forbidden: cannot create`.
2. Why, though the Role says `create`? The rule has `resourceNames`.
3. Why did it work elsewhere? There the object existed already.

## Fix now
Split the rule: `create` without names, `get`, `update`, `patch` with them.

## Workaround
Make the object by hand once.

## Prevent
Test roles in an empty namespace.

## Validate
`kubectl auth can-i create configmaps -n NS --as=system:serviceaccount:NS:NAME` prints `yes`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: elector, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [configmaps]
    resourceNames: [lock]
    verbs: [get, create, update] # finding
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: elector, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [create]
  - apiGroups: [""]
    resources: [configmaps]
    resourceNames: [lock]
    verbs: [get, update]
  - apiGroups: [""]
    resources: [serviceaccounts/token, pods/exec]
    resourceNames: [web]
    verbs: [create]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import item_of, own_grants
from auditor.views.kubernetes.rbac import ROLES, Grant


@rule(target=ROLES, each=own_grants, severity=Severity.LOW, symptoms=("is forbidden: User .* cannot create resource",))
def check(grant: Grant) -> Iterator[Fail]:
    plain = [it for it in grant.resources if "/" not in it]
    if not grant.names or not plain or len(plain) < len(grant.resources):
        return
    for verb in ("create", "deletecollection"):
        if verb in grant.verbs:
            message = f"a rule with resourceNames never allows {verb}"
            yield Fail(item_of(grant, "verbs", verb), message, expected="a rule without names for it")
