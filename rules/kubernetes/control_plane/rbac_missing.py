"""The API server does not ask RBAC who may do what.

## Why it matters
Roles and bindings in the cluster then mean nothing: they can be created and read, but nobody evaluates them. When the flag is
left out the server falls back to `AlwaysAllow`; with another list of modes, only those decide.

## Five whys
1. Why could a user with a read-only Role delete a Deployment? The Role was never consulted.
2. Why not? RBAC is not among the authorization modes.
3. Why not? The flag is missing from a hand-written manifest, and the default of the binary is `AlwaysAllow`; only installers
   add RBAC.

## Fix now
`--authorization-mode=Node,RBAC`. Before, make sure that the bindings of the control plane exist: `kubectl get
clusterrolebinding system:node-proxier system:kube-scheduler system:kube-controller-manager`.

## Workaround
Run one API server with RBAC beside the others, point a canary client at it, and read the refusals in its audit log.

## Prevent
Create control planes with kubeadm or another installer that sets the mode, and scan the result.

## Validate
`kubectl auth can-i delete deployments -A --as=system:serviceaccount:default:default` says no, and `kubectl get nodes` still
shows all of them Ready.

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
        - kube-apiserver # finding
        - --allow-privileged=true
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
        - --authorization-mode=Node # finding
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
    severity=Severity.HIGH,
    aliases=(
        "CKV_K8S_77 KCV-0009 AVD-KCV-0009 ensure-that-the-api-server-authorization-mode-argument-includes-RBAC "
        "CIS-1.2.8 rbac-enabled-native"
    ),
)
def check(server: component.Component) -> Iterator[Fail]:
    modes = server.flag("authorization-mode")
    if modes is None or "RBAC" not in modes.values:
        yield Fail(
            server.place("authorization-mode"),
            "roles and bindings are not consulted",
            expected="--authorization-mode=Node,RBAC",
            actual=server.shown("authorization-mode"),
        )
