"""A binding gives the built-in role admin or edit for the whole cluster.

## Why it matters
`edit` reads all Secrets and runs pods everywhere, `kube-system` included, which leads to everything; `admin` gives roles on
as well. As a ClusterRoleBinding they are administrators of the cluster with one more step.

## Five whys
1. Why could a developer read the cloud's keys in `kube-system`? He has `edit` there.
2. Why there? The binding is for the whole cluster.
3. Why? One command was shorter than five.

## Fix now
`kubectl create rolebinding NAME --clusterrole=edit --group=GROUP -n NS` for each namespace, then delete the
ClusterRoleBinding.

## Workaround
`view` for the whole cluster reads no Secrets.

## Prevent
Bindings made by the template of namespaces.

## Validate
`kubectl auth can-i get secrets -n kube-system --as=USER` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: developers}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: edit # finding
subjects: [{kind: Group, name: developers, apiGroup: rbac.authorization.k8s.io}]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: developers, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
subjects: [{kind: Group, name: developers, apiGroup: rbac.authorization.k8s.io}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.rbac import subjects


@rule(target="ClusterRoleBinding", severity=Severity.MEDIUM, aliases="KSV-0111 AVD-KSV-0111")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    where = body.at("roleRef.name")
    if where.text in ("admin", "edit") and subjects(resource, graph):
        yield Fail(where, f"the binding gives the role {where.text} for the whole cluster", expected="a RoleBinding for each namespace")
