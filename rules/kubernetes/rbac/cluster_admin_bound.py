"""A binding makes somebody administrator of the cluster.

## Why it matters
The subject may do everything in every namespace: read all Secrets, delete everything, change who may what. A leaked token of
it is the cluster.

## Five whys
1. Why could the pipeline's token delete the cluster's namespaces? Its account is cluster-admin.
2. Why? A ClusterRoleBinding gives it the role.
3. Why so much? The tool's manual begins with it.

## Fix now
Find what it uses (audit log), write a role for that, bind it, delete this binding: `kubectl delete clusterrolebinding NAME`.

## Workaround
Short-lived tokens for the subject (`kubectl create token --duration=1h`), and a binding that exists only while it works.

## Prevent
An admission policy that refuses bindings to `cluster-admin`.

## Validate
`kubectl get clusterrolebindings -o json | jq -r '.items[] | select(.roleRef.name=="cluster-admin") | .metadata.name'` lists
only your break-glass binding.

## Bad
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: deployer}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: cluster-admin # finding
subjects:
  - {kind: ServiceAccount, name: deployer, namespace: ci}
```

```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: wide}
rules:
  - apiGroups: ["*"]
    resources: ["*"]
    verbs: ["*"]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: wide}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: wide} # finding
subjects: [{kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}]
```

## Good
```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: cluster-admin}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: Group, name: "system:masters", apiGroup: rbac.authorization.k8s.io}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: readers}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: Group, name: developers, apiGroup: rbac.authorization.k8s.io}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.power import bound_grants, everything
from auditor.views.kubernetes.rbac import subjects


@rule(
    target="ClusterRoleBinding",
    severity=Severity.HIGH,
    aliases="KSV-0111 AVD-KSV-0111 FG_R00479 kube-linter:cluster-admin-role-binding polaris:clusterrolebindingClusterAdmin"
    " kubescape:cluster-admin-role kubescape:rule-list-all-cluster-admins-v1 polaris:clusterrolebindingPodExecAttach C-0035"
    " C-0185",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    where = body.at("roleRef.name")
    own = body.at("metadata.name").text == "cluster-admin"  # the binding of every cluster, for system:masters
    if own or not subjects(resource, graph):
        return
    grant = next((grant for _, grant in bound_grants(resource, graph) if everything(grant)), None)
    if where.text == "cluster-admin" or grant:
        message = "the binding makes its subjects administrators of the cluster"
        yield Fail(where, message, related=(grant.where,) if grant else ())
