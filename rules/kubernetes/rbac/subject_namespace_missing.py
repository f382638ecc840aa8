"""A service account in a ClusterRoleBinding has no namespace.

## Why it matters
A ClusterRoleBinding has no namespace that could be meant, so the API server refuses it: `subjects[0].namespace: Required
value`.

## Five whys
1. Why was the binding refused? A subject lacks its namespace.
2. Why? The RoleBinding that it was copied from did not need one.

## Fix now
Add `namespace:` to the subject.

## Workaround
None: it is refused.

## Prevent
`kubectl apply --dry-run=server -f FILE` before merging.

## Validate
`kubectl get clusterrolebinding NAME -o jsonpath='{.subjects[*].namespace}'` prints one for each account.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: web}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects:
  - kind: ServiceAccount # finding
    name: web
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: web}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: ServiceAccount, name: web, namespace: shop}, {kind: Group, name: developers}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: ServiceAccount, name: web}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.rbac import subjects


@rule(
    target="ClusterRoleBinding",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(r"subjects\[\d+\].namespace: Required value",),
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for subject in subjects(resource, graph):
        where = subject.where.at("namespace")
        if subject.kind == "ServiceAccount" and where.missing:
            yield Fail(where, "the service account has no namespace, so the binding is refused", expected="its namespace")
