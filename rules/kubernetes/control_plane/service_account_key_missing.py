"""The API server checks tokens with the key of its own certificate.

## Why it matters
When no `--service-account-key-file` is given the server uses its TLS key. Renewing the certificate with a new key then makes
every token in the cluster invalid at once, and the key that signs tokens cannot be rotated without changing the certificate.

## Five whys
1. Why did all pods get 401 after the certificate was renewed? Their tokens were signed for the old key.
2. Why do tokens depend on the certificate? The server has no key of their own to check them with.
3. Why not? `--service-account-key-file` is missing.

## Fix now
`--service-account-key-file=/etc/kubernetes/pki/sa.pub` on the API server, the matching
`--service-account-private-key-file=/etc/kubernetes/pki/sa.key` on the controller manager. The flag may stand twice: keep the
old key beside the new one until its tokens are gone.

## Workaround
Renew the certificate with the same key: `openssl req -new -key OLD.key`.

## Prevent
A key pair for tokens in the PKI of the cluster, with its own date of rotation.

## Validate
`kubectl create token default | cut -d. -f1 | base64 -d` shows the `kid` of the key in that file; pods work after a renewal.

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
        - --service-account-key-file=/etc/kubernetes/pki/sa.pub
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.LOW,
    aliases="KCV-0025 AVD-KCV-0025 ensure-that-the-api-server-service-account-key-file-argument-is-set-as-appropriate CIS-1.2.24",
)
def check(server: component.Component) -> Iterator[Fail]:
    if not server.has("service-account-key-file"):
        yield Fail(
            server.place("service-account-key-file"),
            "tokens are checked with the key of the server's certificate",
            expected="--service-account-key-file",
            actual=server.shown("service-account-key-file"),
        )
