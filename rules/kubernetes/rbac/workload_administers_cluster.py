"""Pods hold a token that may do everything in the cluster.

## Why it matters
The service account of these pods is bound, for the whole cluster, to a role that allows everything: a flaw in the
application, or a leaked log line with the token, is the cluster.

## Five whys
1. Why did a flaw in one web application cost the cluster? The pod's token was administrator.
2. Why? Its service account is bound to such a role.
3. Why? The chart's default is `cluster-admin`.

## Fix now
Write a role with what the application uses and bind that; `kubectl delete clusterrolebinding NAME`.

## Workaround
`automountServiceAccountToken: false` if the application does not call the API; else a NetworkPolicy that lets only the API
server be reached.

## Prevent
Refuse bindings to `cluster-admin` by policy.

## Validate
`kubectl auth can-i '*' '*' -A --as=system:serviceaccount:NS:NAME` prints `no`.

## Bad
```yaml
apiVersion: v1
kind: ServiceAccount
metadata: {name: agent, namespace: ops}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: all}
rules:
  - apiGroups: ["*"]
    resources: ["*"]
    verbs: ["*"]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: agent}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: all}
subjects: [{kind: ServiceAccount, name: agent, namespace: ops}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: agent, namespace: ops}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      serviceAccountName: agent # finding
      containers:
        - {name: agent, image: "shop/agent:1.0.0"}
```

## Good
```yaml
apiVersion: v1
kind: ServiceAccount
metadata: {name: agent, namespace: ops}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: all}
rules:
  - apiGroups: ["*"]
    resources: ["*"]
    verbs: ["*"]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: agent}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: all}
subjects: [{kind: ServiceAccount, name: agent, namespace: other}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: agent, namespace: ops}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      serviceAccountName: agent
      containers:
        - {name: agent, image: "shop/agent:1.0.0"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.takeover import paths
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=pods, severity=Severity.HIGH, aliases="kubescape:workload-with-administrative-roles C-0272")
def check(pod: Pod) -> Iterator[Fail]:
    for path in paths(pod):
        if path.all:
            message = f"the pods' token may do everything in the cluster{path.exposure}: {path.words}"
            yield Fail(path.where, message, related=path.steps)
            return
