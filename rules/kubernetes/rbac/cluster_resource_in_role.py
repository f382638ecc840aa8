"""A Role names a resource that has no namespace: it grants nothing.

## Why it matters
A Role, and any role that is bound by a RoleBinding, holds inside a namespace. Nodes, volumes, storage classes and cluster
roles are in none, so these rules match no request and the program fails with `forbidden` at the cluster scope.

## Five whys
1. Why does the agent log `nodes is forbidden ... at the cluster scope`? It has no such right.
2. Why not, though its Role names `nodes`? A Role holds in its namespace, and nodes are in none.
3. Why a Role? It was meant to be narrow.

## Fix now
Put these rules into a ClusterRole and bind it by a ClusterRoleBinding; keep the rest in the Role.

## Workaround
Bind `system:node-reader`-like roles of your cluster meanwhile, where there are any.

## Prevent
`kubectl api-resources --namespaced=false` lists what belongs into a ClusterRole.

## Validate
`kubectl auth can-i get nodes --as=system:serviceaccount:NS:NAME` prints `yes`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: agent, namespace: ops}
rules:
  - apiGroups: [""]
    resources: [pods, nodes] # finding
    verbs: [get, list]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: agent, namespace: ops}
rules:
  - apiGroups: [""]
    resources: [pods, namespaces]
    verbs: [get, list]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: agent}
rules:
  - apiGroups: [""]
    resources: [nodes]
    verbs: [get, list]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.api_resource import IMPERSONATED, builtin, exists
from auditor.views.kubernetes.power import own_grants
from auditor.views.kubernetes.rbac import Grant


@rule(
    target="Role",
    each=own_grants,
    severity=Severity.MEDIUM,
    aliases="KSV-0114 AVD-KSV-0114 kubescape:rule-can-modify-admission-webhooks C-0279",
    symptoms=("is forbidden: User .* at the cluster scope",),
)
def check(grant: Grant) -> Iterator[Fail]:
    for item in grant.where.each("resources"):
        if item.text == "nodes/proxy":
            continue  # which has a rule of its own
        name = (item.text or "").partition("/")[0]
        groups = [group for group in (builtin() if "*" in grant.groups else grant.groups) if exists(group, name)]
        known = [found for group in groups if name and (found := builtin()[group].get(name))]
        if known and not any(it.namespaced for it in known) and name not in ("namespaces", "*", *IMPERSONATED):
            yield Fail(item, f"{name} have no namespace: a Role grants nothing on them", expected="a ClusterRole")
