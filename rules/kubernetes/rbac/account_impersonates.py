"""A binding lets a service account or a node act as somebody else.

## Why it matters
A token in a pod that may impersonate is a token for every identity: `--as-group=system:masters` and it is the administrator.

## Five whys
1. Why was a pod's token worth the cluster? It may impersonate.
2. Why? The binding gives its account such a role.

## Fix now
Remove the binding; a tool that must act for its users should have their tokens instead.

## Workaround
`resourceNames` in the role, without `system:` groups.

## Prevent
No impersonation for accounts of pods.

## Validate
`kubectl auth can-i impersonate users --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: act}
rules:
  - apiGroups: [""]
    resources: [users]
    verbs: [impersonate]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: act}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: act # finding
subjects: [{kind: ServiceAccount, name: portal, namespace: shop}]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: act}
rules:
  - apiGroups: [""]
    resources: [users]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: act}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: act}
subjects: [{kind: ServiceAccount, name: portal, namespace: shop}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.power import POWERS, bound_grants
from auditor.views.kubernetes.rbac import BINDINGS, subjects


@rule(target=BINDINGS, severity=Severity.INFO, aliases="CKV2_K8S_3")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    accounts = [it for it in subjects(resource, graph) if it.kind == "ServiceAccount" or it.name.startswith("system:node")]
    for _, grant in bound_grants(resource, graph) if accounts else ():
        if POWERS["impersonate"].given(grant):
            yield Fail(body.at("roleRef.name"), "the binding lets a service account act as somebody else", related=(grant.where,))
            return
