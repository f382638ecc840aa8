"""The API server cannot check client certificates.

## Why it matters
Kubelets, the scheduler and the controller manager log in with certificates. Without `--client-ca-file` none of them is known:
nodes go NotReady, nothing is scheduled, and the usual way out is a worse login.

## Five whys
1. Why are all nodes NotReady? The API server answers their kubelets with 401.
2. Why? It does not know who signed their certificates.
3. Why not? `--client-ca-file` is missing from the manifest.

## Fix now
`--client-ca-file=/etc/kubernetes/pki/ca.crt`: the CA that signed the certificates of the control plane and of the kubelets.

## Workaround
Tokens for the components that must work now (`--token-auth-file` is no answer: it needs a restart as well).

## Prevent
Manifests from kubeadm, changed by patches (`kubeadm init --patches`), not written anew.

## Validate
`curl --cert kubelet.crt --key kubelet.key --cacert ca.crt https://SERVER:6443/api/v1/nodes/NODE` answers 200.

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
        - --authorization-mode=Node,RBAC
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
        - --client-ca-file=/etc/kubernetes/pki/ca.crt
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.MEDIUM,
    aliases="KCV-0028 AVD-KCV-0028 ensure-that-the-api-server-client-ca-file-argument-is-set-as-appropriate CIS-1.2.27",
)
def check(server: component.Component) -> Iterator[Fail]:
    if not server.has("client-ca-file"):
        yield Fail(
            server.place("client-ca-file"),
            "client certificates cannot be verified",
            expected="--client-ca-file",
            actual=server.shown("client-ca-file"),
        )
