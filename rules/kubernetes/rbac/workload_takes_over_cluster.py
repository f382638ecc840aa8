"""Pods hold a token that leads to the whole cluster.

## Why it matters
The token may, in every namespace, do something that leads to everything: read all Secrets (other tokens among them), run pods
under any account, run commands in any pod, give itself roles. One broken pod is then the cluster; when it is reachable from
outside, one flaw on the internet is.

## Five whys
1. Why did a flaw in an ingress controller open every Secret? Its token reads them all.
2. Why? workload, service account, ClusterRoleBinding and ClusterRole lead there.
3. Why cluster-wide? The chart installs for all namespaces.
4. Why was it not seen? Each of the four objects looks harmless.

## Fix now
Bind the role by RoleBindings in the namespaces that the program serves, narrow it by `resourceNames`, or take the verb out.

## Workaround
A NetworkPolicy and a Pod Security level around the pod; alert on its account in the audit log for unusual requests.

## Prevent
Charts with `rbac.scope: namespace` or like; look at the path before installing.

## Validate
`kubectl auth can-i list secrets -A --as=system:serviceaccount:NS:NAME` (and the other verbs that the finding names) prints
`no`.

## Bad
```yaml
apiVersion: v1
kind: ServiceAccount
metadata: {name: edge, namespace: ops}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: edge}
rules:
  - apiGroups: [""]
    resources: [secrets]
    verbs: [get, list, watch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: edge}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edge}
subjects: [{kind: ServiceAccount, name: edge, namespace: ops}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: edge, namespace: ops}
spec:
  selector: {matchLabels: {app: edge}}
  template:
    metadata: {labels: {app: edge}}
    spec:
      serviceAccountName: edge # finding
      containers:
        - {name: edge, image: "shop/edge:1.0.0"}
```

## Good
```yaml
apiVersion: v1
kind: ServiceAccount
metadata: {name: edge, namespace: ops}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: edge}
rules:
  - apiGroups: [""]
    resources: [secrets]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: edge, namespace: ops}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edge}
subjects: [{kind: ServiceAccount, name: edge, namespace: ops}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: edge, namespace: ops}
spec:
  selector: {matchLabels: {app: edge}}
  template:
    metadata: {labels: {app: edge}}
    spec:
      serviceAccountName: edge
      containers:
        - {name: edge, image: "shop/edge:1.0.0"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.takeover import paths
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=pods, severity=Severity.MEDIUM, aliases="kubescape:workload-with-cluster-takeover-roles C-0267")
def check(pod: Pod) -> Iterator[Fail]:
    found = list(paths(pod))
    if found and not any(path.all for path in found):
        path = found[0]
        message = f"the pods' token leads to the whole cluster{path.exposure}: {path.words}"
        yield Fail(path.where, message, related=tuple(step for it in found for step in it.steps))
