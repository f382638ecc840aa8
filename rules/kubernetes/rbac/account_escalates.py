"""A binding lets a service account or a node give itself more rights.

## Why it matters
The account may make bindings (or bind and escalate roles): a leaked token of a pod becomes as powerful as the roles that it
can reach.

## Five whys
1. Why did a pod's account end as administrator? It bound a role to itself.
2. Why could it? The binding gives it a role that makes bindings.

## Fix now
Take the right away; let GitOps make bindings.

## Workaround
`resourceNames` on `bind` for the roles that it may give.

## Prevent
No account of a pod makes bindings.

## Validate
`kubectl auth can-i create rolebindings -A --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: give}
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [rolebindings]
    verbs: [create]
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [clusterroles]
    verbs: [bind]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: give}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: give # finding
subjects: [{kind: ServiceAccount, name: tenants, namespace: shop}]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: give}
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [rolebindings]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: give}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: give}
subjects: [{kind: ServiceAccount, name: tenants, namespace: shop}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.power import POWERS, bound_grants
from auditor.views.kubernetes.rbac import BINDINGS, subjects

_RIGHTS = ("bindings", "bind", "escalate")


@rule(target=BINDINGS, severity=Severity.INFO, aliases="CKV2_K8S_1")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    accounts = [it for it in subjects(resource, graph) if it.kind == "ServiceAccount" or it.name.startswith("system:node")]
    for _, grant in bound_grants(resource, graph) if accounts else ():
        if any(POWERS[right].given(grant) for right in _RIGHTS):
            yield Fail(body.at("roleRef.name"), "the binding lets a service account give itself more rights", related=(grant.where,))
            return
