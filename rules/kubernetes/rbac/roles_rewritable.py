"""A role does everything with roles.

## Why it matters
Every verb on roles includes `escalate` and `bind`: its holder writes itself any right and gives any role to anybody. It is
cluster-admin by another name, or admin of the namespace.

## Five whys
1. Why could the installer's account do everything afterwards? It rewrote its own role.
2. Why was it allowed to? `verbs: ["*"]` on `clusterroles` contains `escalate`.
3. Why a star? The installer creates and removes roles.

## Fix now
`verbs: [get, list, watch, create, update, patch, delete]` without `*`: the API server then lets it give only what it has.

## Workaround
Remove the binding after the installation.

## Prevent
Run installers with a short-lived account.

## Validate
`kubectl auth can-i escalate clusterroles --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: installer}
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [clusterroles, clusterrolebindings] # finding
    verbs: ["*"]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: installer}
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [clusterroles, clusterrolebindings]
    verbs: [get, list, watch, create]
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
    aliases="CKV_K8S_157 CKV_K8S_158 KSV-0050 AVD-KSV-0050 kubescape:rule-can-bind-escalate C-0191",
)
def check(grant: Grant) -> Iterator[Fail]:
    where = POWERS["escalate"].used(grant)
    if where and "*" in grant.verbs:
        yield Fail(where, "the role does everything with roles, escalate and bind included", expected="verbs by name")
