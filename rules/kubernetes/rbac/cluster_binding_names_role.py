"""A ClusterRoleBinding names a Role, which the API server refuses.

## Why it matters
A binding for the whole cluster can only name a ClusterRole. The object is refused when it is applied; what comes after it in
the same release may be missing too.

## Five whys
1. Why did the installation stop? `roleRef.kind: Unsupported value: "Role"`.
2. Why? A ClusterRoleBinding names a Role.
3. Why? A RoleBinding was changed to a ClusterRoleBinding, and one of two lines was changed.

## Fix now
Make it a RoleBinding in the namespace of the Role, or the Role a ClusterRole.

## Workaround
None: it is refused.

## Prevent
`kubectl apply --dry-run=server -f FILE` before merging.

## Validate
`kubectl get clusterrolebinding NAME` shows `ClusterRole/...`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: web}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role # finding
  name: web
subjects: [{kind: ServiceAccount, name: web, namespace: shop}]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}
subjects: [{kind: ServiceAccount, name: web, namespace: shop}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule


@rule(target="ClusterRoleBinding", severity=Severity.HIGH, profile=Profile.GATE, symptoms=('roleRef.kind: Unsupported value: "Role"',))
def check(body: Node) -> Iterator[Fail]:
    where = body.at("roleRef.kind")
    if where.text == "Role":
        yield Fail(where, "a ClusterRoleBinding can only name a ClusterRole: it is refused", expected="ClusterRole")
