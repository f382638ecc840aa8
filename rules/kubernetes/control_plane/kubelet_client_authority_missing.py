"""A kubelet cannot check the certificate of the API server.

## Why it matters
Without a CA for clients the kubelet cannot tell the API server from anybody else: `kubectl logs` and `exec` get 401, or
anonymous requests stay allowed so that they work.

## Five whys
1. Why does `kubectl exec` answer Unauthorized? The kubelet does not know the API server's certificate.
2. Why not? It has no CA to check it with.
3. Why not? `--client-ca-file`, or `authentication.x509.clientCAFile`, is missing.

## Fix now
`authentication: {x509: {clientCAFile: /etc/kubernetes/pki/ca.crt}}` in the KubeletConfiguration, then restart the kubelet.

## Workaround
Webhook authentication (`authentication.webhook.enabled: true`) with a token for the one client that must work now.

## Prevent
Node images that carry the CA of the cluster, put there by the bootstrap.

## Validate
`kubectl logs` works for a pod of that node with `anonymous.enabled: false`.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kubelet, namespace: kube-system}
spec:
  containers:
    - name: kubelet
      image: example.net/kubelet:v1.34.1
      command:
        - kubelet # finding
        - --rotate-certificates=true
```

```yaml
apiVersion: kubelet.config.k8s.io/v1beta1 # finding
kind: KubeletConfiguration
readOnlyPort: 0
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kubelet, namespace: kube-system}
spec:
  containers:
    - name: kubelet
      image: example.net/kubelet:v1.34.1
      command:
        - kubelet
        - --client-ca-file=/etc/kubernetes/pki/ca.crt
```

```yaml
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication:
  x509: {clientCAFile: /etc/kubernetes/pki/ca.crt}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.NODE_KINDS,
    each=component.kubelets,
    severity=Severity.MEDIUM,
    aliases="CKV_K8S_140 KCV-0081 AVD-KCV-0081",
)
def check(kubelet: component.Component) -> Iterator[Fail]:
    if not kubelet.has("client-ca-file"):
        yield Fail(
            kubelet.place("client-ca-file"),
            "client certificates cannot be checked",
            expected="--client-ca-file",
            actual=kubelet.shown("client-ca-file"),
        )
