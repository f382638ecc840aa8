"""The API server talks to the kubelets in clear text.

## Why it matters
What `kubectl exec`, `logs` and `port-forward` carry (shells, passwords that are typed, dumps) crosses the network of the
nodes readable and changeable. There is no good use of the flag, and today's servers do not know it any more.

## Five whys
1. Why could a pod read another team's shell session? It captured packets on the node network.
2. Why were they readable? The API server spoke plain HTTP to the kubelet.
3. Why? `--kubelet-https=false`, left over from a debugging session with wrong certificates.

## Fix now
Delete the flag from the manifest of the API server. If `kubectl logs` then fails with a certificate error, sign the serving
certificates of the kubelets (`serverTLSBootstrap: true`, `kubectl certificate approve CSR`).

## Workaround
Close port 10250 between everything but the control plane and the nodes until it is done.

## Prevent
Build the manifests with kubeadm or a template that has no such switch.

## Validate
`kubectl logs -n kube-system POD` works, and `tcpdump -A port 10250` on a node shows a TLS handshake.

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
        - --kubelet-https=false # finding
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
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.HIGH,
    aliases="CKV_K8S_71 KCV-0004 AVD-KCV-0004",
)
def check(server: component.Component) -> Iterator[Fail]:
    it = server.flag("kubelet-https")
    if it is not None and it.is_false:
        yield Fail(
            it.where, "connections to kubelets are not encrypted", expected="--kubelet-https=true", actual=server.shown("kubelet-https")
        )
