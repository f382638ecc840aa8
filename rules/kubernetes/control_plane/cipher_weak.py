"""The API server accepts weak ciphers.

## Why it matters
RC4 and 3DES can be broken, key exchange by RSA has no forward secrecy: a recording of today is readable when the key leaks
tomorrow. A name that the server does not know ends it at the start.

## Five whys
1. Why does the scanner report SWEET32? The API server offers 3DES.
2. Why? `--tls-cipher-suites` names it.
3. Why? The list was copied from an old benchmark, whose list had it.

## Fix now
Name only suites with ECDHE and GCM or ChaCha20 (TLS 1.3 suites need no naming), or remove the flag: today's defaults hold no
weak ones.

## Workaround
`--tls-min-version=VersionTLS13`: none of the weak suites exists there.

## Prevent
Take the list from `kube-apiserver --help` (`Preferred values`) of the version that runs.

## Validate
`nmap --script ssl-enum-ciphers -p 6443 SERVER` grades everything A.

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
        - --tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_RSA_WITH_3DES_EDE_CBC_SHA # finding
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
    aliases=(
        "CKV_K8S_105 ensure-that-the-API-Server-only-makes-use-of-Strong-Cryptographic-Ciphers CIS-1.2.31 "
        "ensure-that-the-API-Server-only-makes-use-of-Strong-Cryptographic-Ciphers-cis1-10"
    ),
)
def check(server: component.Component) -> Iterator[Fail]:
    suites = server.given("tls-cipher-suites")
    weak = [] if suites is None else [name for name in suites.values if name not in component.SECURE_CIPHERS]
    if suites is not None and weak:
        yield Fail(suites.where, f"these ciphers are weak or unknown: {', '.join(weak)}", expected="ECDHE with GCM or ChaCha20")
