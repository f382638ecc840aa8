"""The API server serves a certificate that it made up itself.

## Why it matters
Without `--tls-cert-file` and `--tls-private-key-file` the server signs its own certificate at its start. Clients can only
skip verification, and then they hand their tokens to whoever answers.

## Five whys
1. Why did a token go to a stranger? The client did not verify the server.
2. Why not? Its certificate is self-signed and changes with the node, so everybody uses `insecure-skip-tls-verify`.
3. Why? The flags for a real certificate are not both given.

## Fix now
Issue a certificate from the cluster's CA with all names of the endpoint, mount it, and pass both flags. The CA goes into the
kubeconfigs as `certificate-authority-data`.

## Workaround
Pin the present self-signed certificate in the kubeconfigs; it is in the folder of `--cert-dir`.

## Prevent
`kubeadm certs check-expiration` in the monitoring of the control plane.

## Validate
`openssl s_client -connect SERVER:6443 </dev/null | openssl x509 -noout -issuer -ext subjectAltName` shows the cluster's CA
and the right names.

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
        - --tls-cert-file=/etc/kubernetes/pki/apiserver.crt
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
        - --tls-cert-file=/etc/kubernetes/pki/apiserver.crt
        - --tls-private-key-file=/etc/kubernetes/pki/apiserver.key
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
        "CKV_K8S_100 KCV-0027 AVD-KCV-0027 "
        "ensure-that-the-api-server-tls-cert-file-and-tls-private-key-file-arguments-are-set-as-appropriate CIS-1.2.26"
    ),
)
def check(server: component.Component) -> Iterator[Fail]:
    lacking = [name for name in ("tls-cert-file", "tls-private-key-file") if not server.has(name)]
    if lacking:
        yield Fail(
            server.place(lacking[0]),
            "the server signs its own certificate",
            expected="--tls-cert-file and --tls-private-key-file",
            actual=server.shown(lacking[0]),
        )
