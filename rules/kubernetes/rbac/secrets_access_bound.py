"""A binding lets its subjects read Secrets.

## Why it matters
The role that is bound here reads Secrets: everybody among the subjects has the credentials of the namespace, or of the
cluster. The finding on the role says how to narrow it; this one says who has it.

## Five whys
1. Why has this account the password? It may read Secrets.
2. Why? The binding gives it a role with `secrets`.

## Fix now
Bind a role without `secrets`, or narrow the role by `resourceNames`.

## Workaround
Remove subjects that do not need it.

## Prevent
Groups of people in bindings, not single users.

## Validate
`kubectl auth can-i list secrets -n NS --as=SUBJECT` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [secrets]
    verbs: [get, list]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader, namespace: shop}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: reader # finding
subjects: [{kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [pods]
    verbs: [get, list]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.power import POWERS, bound_grants
from auditor.views.kubernetes.rbac import BINDINGS, subjects


@rule(
    target=BINDINGS,
    severity=Severity.INFO,
    aliases="FG_R00480 kube-linter:access-to-secrets kubescape:rule-can-list-get-secrets-v1 C-0015 C-0186",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    accounts = any(it.kind == "ServiceAccount" or it.name.startswith("system:node") for it in subjects(resource, graph))
    for role, grant in bound_grants(resource, graph) if not accounts else ():  # those have a rule of their own
        if POWERS["secrets"].given(grant):
            name = role.at("metadata.name").text
            yield Fail(body.at("roleRef.name"), f"the binding lets its subjects read Secrets (role {name})", related=(grant.where,))
            return
