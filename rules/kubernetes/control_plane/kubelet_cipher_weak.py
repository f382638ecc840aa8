"""A kubelet accepts weak ciphers.

## Why it matters
Port 10250 carries shells and logs. A list that names RC4, 3DES or key exchange by RSA allows what the defaults have long
dropped.

## Five whys
1. Why does the scan of the nodes report 3DES? The kubelet offers it.
2. Why? `tlsCipherSuites` names it.
3. Why? The list comes from an old benchmark.

## Fix now
Remove `tlsCipherSuites`, or keep only ECDHE suites with GCM or ChaCha20; restart the kubelet.

## Workaround
`tlsMinVersion: VersionTLS13`.

## Prevent
One list for API server, kubelet and etcd.

## Validate
`nmap --script ssl-enum-ciphers -p 10250 NODE` shows grade A only.

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
        - kubelet
        - --tls-cipher-suites=TLS_RSA_WITH_RC4_128_SHA # finding
```

```yaml
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
tlsCipherSuites:
  - TLS_RSA_WITH_RC4_128_SHA # finding
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
        - --tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
```

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
        - --rotate-certificates=true
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.NODE_KINDS,
    each=component.kubelets,
    severity=Severity.LOW,
    aliases="CKV_K8S_151 KCV-0092 AVD-KCV-0092",
)
def check(kubelet: component.Component) -> Iterator[Fail]:
    suites = kubelet.given("tls-cipher-suites")
    weak = [] if suites is None else [name for name in suites.values if name not in component.SECURE_CIPHERS]
    if suites is not None and weak:
        yield Fail(suites.where, f"these ciphers are weak or unknown: {', '.join(weak)}", expected="ECDHE with GCM or ChaCha20")
