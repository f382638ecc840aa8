"""A binding lets a service account run commands in pods of others.

## Why it matters
With `nodes/proxy` or `pods/exec` a pod's token is inside every other pod, past admission; with `nodes/proxy` also past the
audit log.

## Five whys
1. Why did one pod's token open all others? It may `exec` into them.
2. Why? The binding gives its account `pods/exec` or `nodes/proxy`.

## Fix now
Take both away; metrics need `nodes/metrics` only.

## Workaround
A RoleBinding in one namespace for `pods/exec`.

## Prevent
No account of a pod has `exec`.

## Validate
`kubectl auth can-i create pods --subresource=exec -A --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: probe}
rules:
  - apiGroups: [""]
    resources: [nodes/proxy]
    verbs: [create]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: probe}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: probe # finding
subjects: [{kind: ServiceAccount, name: probe, namespace: shop}]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: probe}
rules:
  - apiGroups: [""]
    resources: [nodes/metrics]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: probe}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: probe}
subjects: [{kind: ServiceAccount, name: probe, namespace: shop}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.power import bound_grants
from auditor.views.kubernetes.rbac import BINDINGS, subjects


@rule(target=BINDINGS, severity=Severity.INFO, aliases="CKV2_K8S_2")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    accounts = [it for it in subjects(resource, graph) if it.kind == "ServiceAccount" or it.name.startswith("system:node")]
    for _, grant in bound_grants(resource, graph) if accounts else ():
        if grant.allows("create", "nodes/proxy") or grant.allows("create", "pods/exec"):
            message = "the binding lets a service account run commands in pods of others"
            yield Fail(body.at("roleRef.name"), message, related=(grant.where,))
            return
