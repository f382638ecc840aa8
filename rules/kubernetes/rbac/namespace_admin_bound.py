"""A binding gives everything in a namespace, by a role that allows everything.

## Why it matters
The role `cluster-admin` or one of its like, bound by a RoleBinding, is everything in the namespace: its Secrets, its quota,
its policies and its service accounts. The built-in role `admin` leaves quotas and the namespace itself out, `edit` also the
roles.

## Five whys
1. Why was the quota of the namespace gone? A tenant removed it.
2. Why could he? He has every right there.
3. Why? The binding names `cluster-admin`, and the namespace was thought to be the limit.

## Fix now
Bind `edit` (or `admin` for who manages access) instead.

## Workaround
Move quotas and policies to objects that the namespace cannot change (admission policies of the cluster).

## Prevent
A template for namespaces that binds `edit`.

## Validate
`kubectl auth can-i delete resourcequotas -n NS --as=USER` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: tenant, namespace: shop}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: cluster-admin # finding
subjects: [{kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: tenant, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
subjects: [{kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.power import bound_grants, everything, is_built_in
from auditor.views.kubernetes.rbac import subjects


@rule(
    target="RoleBinding",
    severity=Severity.MEDIUM,
    aliases="KSV-0111 AVD-KSV-0111 FG_R00479 kube-linter:cluster-admin-role-binding polaris:rolebindingClusterAdminClusterRole"
    " polaris:rolebindingClusterAdminRole kubescape:rule-list-all-cluster-admins-v1"
    " polaris:rolebindingClusterRolePodExecAttach polaris:rolebindingRolePodExecAttach C-0035",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    where = body.at("roleRef.name")
    if is_built_in(resource) or not subjects(resource, graph):
        return
    grant = next((grant for _, grant in bound_grants(resource, graph) if everything(grant)), None)
    if where.text == "cluster-admin" or grant:
        message = "the binding gives everything in its namespace"
        yield Fail(where, message, expected="edit or admin", related=(grant.where,) if grant else ())
