"""A binding lets a service account redirect traffic by the status of Services.

## Why it matters
The account may write `services/status`: with it, it claims any outside address for a Service of its own, and the cluster's
traffic to that address comes to it (CVE-2020-8554).

## Five whys
1. Why did traffic to a partner end in a pod? A Service claimed the partner's address.
2. Why could it? The account of a pod wrote the Service's status.

## Fix now
Take `services/status` out of the role.

## Workaround
A RoleBinding in one namespace instead of a ClusterRoleBinding.

## Prevent
Only the cloud's controller writes it.

## Validate
`kubectl auth can-i patch services --subresource=status -A --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: lb}
rules:
  - apiGroups: [""]
    resources: [services/status]
    verbs: [patch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: lb}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: lb # finding
subjects: [{kind: ServiceAccount, name: lb, namespace: shop}]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: lb}
rules:
  - apiGroups: [""]
    resources: [services/status]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: lb}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: lb}
subjects: [{kind: ServiceAccount, name: lb, namespace: shop}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.power import POWERS, bound_grants
from auditor.views.kubernetes.rbac import BINDINGS, subjects


@rule(target=BINDINGS, severity=Severity.INFO, aliases="CKV2_K8S_4")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    accounts = [it for it in subjects(resource, graph) if it.kind == "ServiceAccount" or it.name.startswith("system:node")]
    for _, grant in bound_grants(resource, graph) if accounts else ():
        if POWERS["service status"].given(grant):
            message = "the binding lets a service account redirect traffic by the status of Services"
            yield Fail(body.at("roleRef.name"), message, related=(grant.where,))
            return
