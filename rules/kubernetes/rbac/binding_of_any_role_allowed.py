"""A role gives roles that it does not have itself.

## Why it matters
With `bind` an account may bind any role to anybody, `cluster-admin` to itself included, whatever rights it has.

## Five whys
1. Why was a service account cluster-admin on Monday? It bound the role to itself.
2. Why could it? It has the verb `bind` on all cluster roles.
3. Why? An operator creates bindings for tenants.

## Fix now
`resourceNames` with the roles that may be given: `resources: [clusterroles], resourceNames: [tenant-view], verbs: [bind]`.

## Workaround
A RoleBinding per tenant made by the pipeline, instead of an account that makes them.

## Prevent
Alert in the audit log on bindings made by service accounts.

## Validate
`kubectl auth can-i bind clusterroles/cluster-admin --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: tenants}
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [clusterroles] # finding
    verbs: [bind]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: tenants}
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [clusterroles]
    resourceNames: [tenant-view]
    verbs: [bind]
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
    aliases="CKV_K8S_157 kubescape:rule-can-bind-escalate C-0191",
)
def check(grant: Grant) -> Iterator[Fail]:
    where = POWERS["bind"].used(grant)
    if where and "*" not in grant.verbs and not grant.names - {"*", "cluster-admin", "admin"}:
        yield Fail(where, "the role gives roles that it does not have itself (bind)", expected="resourceNames")
