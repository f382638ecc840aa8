"""A binding gives a role that does not exist.

## Why it matters
Until the role is made the binding gives nothing, and the program fails with `forbidden`. Whoever makes a role of that name
later decides what the subjects may do.

## Five whys
1. Why does the controller log `forbidden`? Its account has no rights.
2. Why not? The binding names a role that is not there.
3. Why? The role was renamed, or is a ClusterRole and the binding says `Role`.

## Fix now
Correct `roleRef`; it cannot be changed in place: `kubectl delete rolebinding NAME`, then apply.

## Workaround
Make a role of the name that the binding has.

## Prevent
Role and binding in one file or chart.

## Validate
`kubectl auth can-i VERB RESOURCE -n NS --as=system:serviceaccount:NS:NAME` prints `yes`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: web, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web, namespace: shop}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: wep # finding
subjects: [{kind: ServiceAccount, name: web, namespace: shop}]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: web, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}
subjects: [{kind: ServiceAccount, name: web, namespace: shop}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: view, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: ServiceAccount, name: web, namespace: shop}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.rbac import BINDINGS, role_of


@rule(
    target=BINDINGS,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="polaris:rolebindingRolePodExecAttach polaris:rolebindingClusterRolePodExecAttach polaris:clusterrolebindingPodExecAttach",
    symptoms=(r"(role|clusterrole)\.rbac\.authorization\.k8s\.io \".*\" not found", "is forbidden: User .* cannot"),
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    found = role_of(resource, graph)
    if found is None or (resource.kind == "ClusterRoleBinding" and body.at("roleRef.kind").text == "Role"):
        return
    if found.decided(resource).missing:
        hint = f"; {found.nearest.address.text} is" if found.nearest else ""
        yield Fail(body.at("roleRef.name"), f"{found.reason}: the binding gives nothing{hint}")
