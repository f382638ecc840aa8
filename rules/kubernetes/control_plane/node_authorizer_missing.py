"""A kubelet may read the secrets of every node.

## Why it matters
The Node authorizer gives a kubelet exactly the Secrets, ConfigMaps and volumes of the pods that run on its node. Without it
kubelets need a broad role to work at all, and then one stolen kubelet credential reads every secret of the cluster.

## Five whys
1. Why did one compromised node leak all database passwords? Its kubelet could read every Secret.
2. Why? It had a role for all of them instead of the Node authorizer's answer for its own pods.
3. Why? `Node` is not among the authorization modes.
4. Why not? The list was written by hand as `RBAC`, the mode that everybody knows.

## Fix now
`--authorization-mode=Node,RBAC`, in this order. Then remove bindings of the role `system:node` to the group `system:nodes`:
they would allow all the same.

## Workaround
Restrict which nodes run pods with sensitive secrets (taints), so that fewer kubelets hold them.

## Prevent
Set `NodeRestriction` together with it: the authorizer limits reading, the admission plugin writing.

## Validate
`kubectl auth can-i get secrets -A --as=system:node:NODE --as-group=system:nodes` says no.

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
        - --authorization-mode=RBAC # finding
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
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.MEDIUM,
    aliases="CKV_K8S_75 KCV-0008 AVD-KCV-0008 ensure-that-the-api-server-authorization-mode-argument-includes-Node CIS-1.2.7",
)
def check(server: component.Component) -> Iterator[Fail]:
    modes = server.flag("authorization-mode")
    if modes is None or "Node" not in modes.values:
        yield Fail(
            server.place("authorization-mode"),
            "kubelets are not confined to the pods of their node",
            expected="--authorization-mode=Node,RBAC",
            actual=server.shown("authorization-mode"),
        )
