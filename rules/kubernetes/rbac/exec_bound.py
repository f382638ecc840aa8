"""A binding lets its subjects run commands in pods.

## Why it matters
The bound role has `pods/exec` or `pods/attach`: the subjects are inside every container of the namespace, or of the cluster.
The finding on the role says why that matters; this one says who has it.

## Five whys
1. Why was this account in the pod? It ran `kubectl exec`.
2. Why could it? The binding gives it a role with `pods/exec`.

## Fix now
Bind a role without it.

## Workaround
A binding that exists only during an incident.

## Prevent
A role for reading that everybody has, a role for `exec` that nobody keeps.

## Validate
`kubectl auth can-i create pods --subresource=exec -n NS --as=SUBJECT` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: support}
rules:
  - apiGroups: [""]
    resources: [pods/exec]
    verbs: [create]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: support, namespace: shop}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: support # finding
subjects: [{kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: support}
rules:
  - apiGroups: [""]
    resources: [pods/log]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: support, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: support}
subjects: [{kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.power import POWERS, bound_grants
from auditor.views.kubernetes.rbac import BINDINGS


@rule(
    target=BINDINGS,
    severity=Severity.INFO,
    aliases="polaris:clusterrolebindingPodExecAttach polaris:rolebindingClusterRolePodExecAttach polaris:rolebindingRolePodExecAttach",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for role, grant in bound_grants(resource, graph):
        if POWERS["exec"].given(grant) or POWERS["attach"].given(grant):
            name = role.at("metadata.name").text
            message = f"the binding lets its subjects run commands in pods (role {name})"
            yield Fail(body.at("roleRef.name"), message, related=(grant.where,))
            return
