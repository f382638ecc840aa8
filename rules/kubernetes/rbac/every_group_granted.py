"""A role names resources in every API group.

## Why it matters
The same name means other things in other groups: `apiGroups: ["*"]` with `nodes` is also the metrics of nodes, with `events`
both kinds of them, and with a name that a CRD takes later, that too.

## Five whys
1. Why could the account read another operator's objects? They have the same plural.
2. Why did the role match? It names every group.
3. Why? The right group was not known.

## Fix now
`kubectl api-resources | grep NAME` shows the group; the core group is `""`.

## Workaround
None is needed for names that exist once.

## Prevent
Name groups in reviews.

## Validate
`kubectl describe role NAME` shows `deployments.apps`, not `deployments.*`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: cart, namespace: shop}
rules:
  - apiGroups: ["*"] # finding
    resources: [deployments]
    verbs: [get]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: cart, namespace: shop}
rules:
  - apiGroups: [apps]
    resources: [deployments]
    verbs: [get]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.power import item_of, own_grants
from auditor.views.kubernetes.rbac import ROLES, Grant


@rule(target=ROLES, each=own_grants, severity=Severity.INFO, aliases="CKV_K8S_49 FG_R00481 kube-linter:wildcard-in-rules")
def check(grant: Grant) -> Iterator[Fail]:
    if "*" in grant.groups and "*" not in grant.resources:
        yield Fail(item_of(grant, "apiGroups", "*"), "the role names resources in every API group", expected="the group")
