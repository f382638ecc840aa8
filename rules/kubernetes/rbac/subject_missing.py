"""A binding is for a service account that does not exist.

## Why it matters
The rights go to nobody, and the program that should have them fails with `forbidden`; or they wait for whoever makes an
account of that name.

## Five whys
1. Why does the operator log `forbidden`? Its account has no binding.
2. Why not? The binding names another account, or another namespace.
3. Why? The release was installed into another namespace than the manifest says.

## Fix now
Correct `subjects[].name` and `subjects[].namespace`.

## Workaround
`kubectl create serviceaccount NAME -n NS` where the name is right.

## Prevent
Take both names from one value of the chart.

## Validate
`kubectl auth can-i --list -n NS --as=system:serviceaccount:NS:NAME` shows the role's rules.

## Bad
```yaml
apiVersion: v1
kind: ServiceAccount
metadata: {name: web, namespace: shop}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects:
  - kind: ServiceAccount
    name: webb # finding
    namespace: shop
```

## Good
```yaml
apiVersion: v1
kind: ServiceAccount
metadata: {name: web, namespace: shop}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects:
  - {kind: ServiceAccount, name: web}
  - {kind: ServiceAccount, name: default, namespace: shop}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, Undecided, rule
from auditor.views.kubernetes.lookup import look_up
from auditor.views.kubernetes.rbac import BINDINGS, subjects


@rule(target=BINDINGS, severity=Severity.MEDIUM, confidence=Confidence.FIRM, symptoms=("is forbidden: User .* cannot",))
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    doubt: Undecided | None = None
    for subject in subjects(resource, graph):
        if subject.kind != "ServiceAccount" or not subject.name:
            continue
        try:
            found = look_up(graph, resource, "ServiceAccount", subject.name, subject.namespace).decided(resource)
        except Undecided as reason:
            doubt = doubt or reason
            continue
        if found.missing:
            hint = f"; {found.nearest.address.text} is" if found.nearest else ""
            yield Fail(subject.where.at("name"), f"{found.reason}: the binding is for nobody{hint}")
    if doubt:
        raise doubt
