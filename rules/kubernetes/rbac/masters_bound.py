"""A binding names the group system:masters.

## Why it matters
Members of `system:masters` pass every check without RBAC, and nothing takes that away from a certificate that names the
group. A binding for it changes nothing today; it says that somebody relies on the group, or that the cluster's own binding
was copied.

## Five whys
1. Why did a revoked admin still have access? His certificate names `system:masters`.
2. Why does RBAC not stop him? The group is checked before RBAC.

## Fix now
Bind a group of your identity provider to `cluster-admin`, and use `system:masters` only for one certificate in a safe.

## Workaround
Rotate the cluster's CA when such a certificate leaked; nothing else revokes it.

## Prevent
kubeadm's `super-admin.conf` in a safe, `admin.conf` with its own group.

## Validate
`kubectl get clusterrolebindings -o json | jq -r '.items[] | select(.subjects[]?.name=="system:masters") | .metadata.name'`
prints `cluster-admin` only.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: ops}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects:
  - kind: Group
    name: system:masters # finding
    apiGroup: rbac.authorization.k8s.io
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: cluster-admin}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: Group, name: "system:masters", apiGroup: rbac.authorization.k8s.io}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.rbac import BINDINGS, subjects


@rule(target=BINDINGS, severity=Severity.MEDIUM, aliases="KSV-0123 AVD-KSV-0123")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    own = resource.kind == "ClusterRoleBinding" and body.at("metadata.name").text == "cluster-admin"
    for subject in () if own else subjects(resource, graph):
        if subject.name == "system:masters":
            yield Fail(subject.where.at("name"), "the binding names the group system:masters, which RBAC cannot limit")
