"""The API server does not check which kubelet it talks to.

## Why it matters
`kubectl exec`, `logs` and `port-forward` go to whoever answers at the address of the node. Somebody who can answer for that
address (ARP, a stolen IP, a rogue node) reads shells and secrets that pass through, although the connection is encrypted.

## Five whys
1. Why did a stranger's machine get the shell session? It answered at the IP of a node that was down.
2. Why was its certificate accepted? The API server does not verify serving certificates of kubelets.
3. Why not? `--kubelet-certificate-authority` is not set, and then any certificate will do.
4. Why is it not set? The kubelets sign their certificates themselves unless `serverTLSBootstrap` is on, so no authority could
   vouch for them.

## Fix now
First let the cluster sign the kubelets' serving certificates: `serverTLSBootstrap: true` in the KubeletConfiguration, restart
the kubelets, approve the requests (`kubectl get csr`, `kubectl certificate approve NAME`). Then set
`--kubelet-certificate-authority=/etc/kubernetes/pki/ca.crt`.

## Workaround
Keep the node network to nodes only: no other machines in that subnet, source checks on.

## Prevent
Run an approver for kubelet serving certificates (the requests are not approved by default), and alert on pending ones.

## Validate
`kubectl logs` works for a pod on every node; on a node with a self-signed certificate it fails with `x509: certificate signed
by unknown authority`.

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
        - --kubelet-certificate-authority=/etc/kubernetes/pki/ca.crt
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.MEDIUM,
    aliases=(
        "CKV_K8S_73 KCV-0006 AVD-KCV-0006 ensure-that-the-api-server-kubelet-certificate-authority-argument-is-set-as-appropriate CIS-1.2.5"
    ),
)
def check(server: component.Component) -> Iterator[Fail]:
    if not server.has("kubelet-certificate-authority"):
        yield Fail(
            server.place("kubelet-certificate-authority"),
            "certificates of kubelets are not verified",
            expected="--kubelet-certificate-authority",
            actual=server.shown("kubelet-certificate-authority"),
        )
