"""Which ciphers the API server accepts is left to its release.

## Why it matters
The defaults of supported releases are sound. Who has to prove which ciphers are in use (CIS, PCI DSS) needs them written
down, since the default changes with the Go version that built the server.

## Five whys
1. Why could nobody tell the auditor the list? It is not written anywhere.
2. Why not? `--tls-cipher-suites` is left out, and the release decides.

## Fix now
`--tls-cipher-suites=TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384`,
or `--tls-min-version=VersionTLS13` alone.

## Workaround
Keep the output of a scan with the version of the server as the proof.

## Prevent
The same list in API server, kubelet and etcd, from one place of the template.

## Validate
`nmap --script ssl-enum-ciphers -p 6443 SERVER` prints the list and nothing else.

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
        - --tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
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
        - --tls-min-version=VersionTLS13
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.INFO,
    aliases=(
        "ensure-that-the-API-Server-only-makes-use-of-Strong-Cryptographic-Ciphers CIS-1.2.31 "
        "ensure-that-the-API-Server-only-makes-use-of-Strong-Cryptographic-Ciphers-cis1-10"
    ),
)
def check(server: component.Component) -> Iterator[Fail]:
    minimum = server.given("tls-min-version")
    if not server.has("tls-cipher-suites") and (minimum is None or minimum.text != "VersionTLS13"):
        yield Fail(
            server.place("tls-cipher-suites"),
            "the accepted ciphers are not written down",
            expected="--tls-cipher-suites",
            actual=server.shown("tls-cipher-suites"),
        )
