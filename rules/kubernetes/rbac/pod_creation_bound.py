"""A binding lets its subjects run pods.

## Why it matters
Whoever runs pods uses the service accounts, Secrets and volumes of the namespace. The finding on the role says what that is
worth; this one says who has it.

## Five whys
1. Why could this account use another's token? It started a pod with it.
2. Why could it start pods? The binding gives it a role that does.

## Fix now
Bind a role that reads; leave deploying to the pipeline or the GitOps controller.

## Workaround
Enforce a Pod Security level in the namespace.

## Prevent
One deployer per namespace.

## Validate
`kubectl auth can-i create pods -n NS --as=SUBJECT` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: deployer, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [pods]
    verbs: [create]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: deployer, namespace: shop}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: deployer # finding
subjects: [{kind: ServiceAccount, name: ci, namespace: ci}]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: deployer, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [pods]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: deployer, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: deployer}
subjects: [{kind: ServiceAccount, name: ci, namespace: ci}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.power import bound_grants
from auditor.views.kubernetes.rbac import BINDINGS


@rule(
    target=BINDINGS,
    severity=Severity.INFO,
    aliases="FG_R00482 kube-linter:access-to-create-pods kubescape:rule-can-create-pod C-0188",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for role, grant in bound_grants(resource, graph):
        if not grant.names and grant.allows("create", "pods"):
            name = role.at("metadata.name").text
            yield Fail(body.at("roleRef.name"), f"the binding lets its subjects run pods (role {name})", related=(grant.where,))
            return
