"""A binding lets a service account or a node read Secrets.

## Why it matters
The token in the account's pods reads the credentials of the namespace, or of the cluster: a flaw in the program is a flaw in
everything that these Secrets open. The finding on the role says how to narrow it.

## Five whys
1. Why did a flaw in one pod open the database? Its token could read the database's Secret.
2. Why? The binding gives its account a role with `secrets`.
3. Why? The program reads one Secret, and the role names none.

## Fix now
`resourceNames` in the role, or mount the Secret and take the right away.

## Workaround
`automountServiceAccountToken: false` on the pods of the account that do not call the API.

## Prevent
Mounted Secrets need no right at all.

## Validate
`kubectl auth can-i list secrets -n NS --as=system:serviceaccount:NS:NAME` prints `no`.

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
subjects: [{kind: ServiceAccount, name: web, namespace: shop}]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [secrets]
    resourceNames: [web]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{kind: ServiceAccount, name: web, namespace: shop}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.power import POWERS, bound_grants
from auditor.views.kubernetes.rbac import BINDINGS, subjects


@rule(
    target=BINDINGS,
    severity=Severity.INFO,
    aliases="CKV2_K8S_5 FG_R00480 kube-linter:access-to-secrets kubescape:rule-can-list-get-secrets-v1 C-0015 C-0186",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    accounts = any(it.kind == "ServiceAccount" or it.name.startswith("system:node") for it in subjects(resource, graph))
    for role, grant in bound_grants(resource, graph) if accounts else ():
        if POWERS["secrets"].given(grant):
            name = role.at("metadata.name").text
            yield Fail(body.at("roleRef.name"), f"the binding lets a service account read Secrets (role {name})", related=(grant.where,))
            return
