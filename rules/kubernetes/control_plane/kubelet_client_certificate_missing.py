"""The API server does not identify itself to the kubelets.

## Why it matters
Without a client certificate the API server comes to the kubelet as anybody. Either the kubelets then have to allow anonymous
requests, so that every pod that reaches port 10250 may run commands in all containers of the node, or `kubectl logs` and
`exec` answer 401.

## Five whys
1. Why does `kubectl exec` say Unauthorized? The kubelet does not know who asks.
2. Why not? The API server presents no client certificate.
3. Why not? `--kubelet-client-certificate` or `--kubelet-client-key` is missing: one without the other does nothing.

## Fix now
Issue a certificate with the group `kubeadm:cluster-admins` or a user bound to `system:kubelet-api-admin`, mount both files
into the static pod, and pass `--kubelet-client-certificate=FILE --kubelet-client-key=FILE`.

## Workaround
kubeadm does all of it: `kubeadm init phase certs apiserver-kubelet-client`, then `kubeadm init phase control-plane
apiserver`.

## Prevent
Renew the certificate with the rest of the PKI (`kubeadm certs renew apiserver-kubelet-client`) and alert 30 days before it
ends.

## Validate
`kubectl logs -n kube-system ANY-POD` works while the kubelets run with `authentication.anonymous.enabled: false`.

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
        - --kubelet-client-certificate=/etc/kubernetes/pki/kubelet.crt
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
        - --kubelet-client-certificate=/etc/kubernetes/pki/kubelet.crt
        - --kubelet-client-key=/etc/kubernetes/pki/kubelet.key
```

```yaml
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
apiServer:
  extraArgs:
    - {name: profiling, value: "false"}
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
        "CKV_K8S_72 KCV-0005 AVD-KCV-0005 "
        "ensure-that-the-api-server-kubelet-client-certificate-and-kubelet-client-key-arguments-are-set-as-appropriate "
        "CIS-1.2.4"
    ),
)
def check(server: component.Component) -> Iterator[Fail]:
    lacking = [name for name in ("kubelet-client-certificate", "kubelet-client-key") if not server.has(name)]
    if lacking:
        yield Fail(
            server.place(lacking[0]),
            "the API server has no client certificate for the kubelets",
            expected="--kubelet-client-certificate and --kubelet-client-key",
            actual=server.shown(lacking[0]),
        )
