"""Everybody who can log in may do everything.

## Why it matters
`AlwaysAllow` ends the question: each ServiceAccount token of each pod is then as good as cluster-admin. One broken web
application owns all nodes and all secrets. It does so wherever it stands in the list, since one mode that says yes is enough.

## Five whys
1. Why could the token of a web shop delete namespaces? The API server allowed it without asking RBAC.
2. Why? `AlwaysAllow` is one of its authorization modes.
3. Why? It was set to get past a `forbidden` during the installation.
4. Why did nobody notice? With it nothing is ever refused, so nothing looks broken.

## Fix now
Before the switch, collect what is used: the audit log names users, verbs and resources. Then set
`--authorization-mode=Node,RBAC` on every API server. To undo in an emergency, put the flag back on one server only.

## Workaround
`--authorization-mode=Node,RBAC` with a temporary ClusterRoleBinding of `cluster-admin` for the groups that break, and an end
date on it.

## Prevent
Gate the manifests of the control plane; test that a fresh ServiceAccount is refused.

## Validate
`kubectl auth can-i '*' '*' --as=system:serviceaccount:default:default` says no.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver
        - --authorization-mode=AlwaysAllow # finding
```

```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver
        - --authorization-mode=Node,RBAC,AlwaysAllow # finding
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver
        - --authorization-mode=Node,RBAC
```

```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver
        - --authorization-config=/etc/kubernetes/authorization.yaml
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.CRITICAL,
    profile=Profile.GATE,
    aliases="CKV_K8S_74 ensure-that-the-api-server-authorization-mode-argument-is-not-set-to-AlwaysAllow CIS-1.2.6 KCV-0007 AVD-KCV-0007",
)
def check(server: component.Component) -> Iterator[Fail]:
    modes = server.given("authorization-mode")
    if modes is not None and "AlwaysAllow" in modes.values:
        yield Fail(modes.where, "every request that is authenticated is allowed", expected="--authorization-mode=Node,RBAC")
