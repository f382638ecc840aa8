"""A binding gives rights to a service account named default.

## Why it matters
Every pod of the namespace that names no account runs as `default`: the next pod that somebody adds has these rights without
asking for them, and nobody sees it in its manifest.

## Five whys
1. Why could a throw-away pod delete Deployments? It ran as `default`.
2. Why may `default` do that? A RoleBinding names it.
3. Why? The first application of the namespace had no account of its own.

## Fix now
`kubectl create serviceaccount NAME -n NS`, bind the role to it, set `serviceAccountName: NAME` in the workload, delete this
binding.

## Workaround
`automountServiceAccountToken: false` on the account `default`; the workload that needs the token sets it to true.

## Prevent
One service account for each workload, from its template on.

## Validate
`kubectl auth can-i --list -n NS --as=system:serviceaccount:NS:default` shows only discovery.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}
subjects:
  - kind: ServiceAccount
    name: default # finding
    namespace: shop
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}
subjects: [{kind: ServiceAccount, name: web, namespace: shop}, {kind: User, name: default}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.rbac import BINDINGS, subjects


@rule(
    target=BINDINGS,
    severity=Severity.MEDIUM,
    aliases="CKV_K8S_42 kubescape:ensure-default-service-accounts-has-only-default-roles C-0189",
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for subject in subjects(resource, graph):
        if subject.kind == "ServiceAccount" and subject.name == "default":
            where = subject.where.at("name")
            yield Fail(where, "the binding gives rights to every pod that names no service account", expected="an account of its own")
