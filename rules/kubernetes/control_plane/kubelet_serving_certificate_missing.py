"""A kubelet serves a certificate that nobody can verify.

## Why it matters
Without a certificate of its own, and without asking the cluster for one (`serverTLSBootstrap`), the kubelet signs one itself.
Neither API server nor metrics-server can verify it: that is where `--kubelet-insecure-tls` comes from.

## Five whys
1. Why does metrics-server run with `--kubelet-insecure-tls`? The kubelets' certificates are self-signed.
2. Why? They get neither files nor a signed certificate.
3. Why not? `tlsCertFile` and `tlsPrivateKeyFile` are missing, and `serverTLSBootstrap` is off.

## Fix now
`serverTLSBootstrap: true` in the KubeletConfiguration, restart, `kubectl certificate approve` the requests; or both files.

## Workaround
Pin the CA of each node where a client must verify it now.

## Prevent
An approver for kubelet serving certificates, since the cluster does not approve them by itself.

## Validate
`openssl s_client -connect NODE:10250 </dev/null | openssl x509 -noout -issuer` names the cluster's CA.

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
        - --tls-cert-file=/var/lib/kubelet/pki/kubelet.crt # finding
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
        - kubelet # finding
        - --rotate-certificates=true
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
        - --tls-cert-file=/var/lib/kubelet/pki/kubelet.crt
        - --tls-private-key-file=/var/lib/kubelet/pki/kubelet.key
```

```yaml
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
serverTLSBootstrap: true
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.NODE_KINDS,
    each=component.kubelets,
    severity=Severity.LOW,
    aliases="CKV_K8S_148 KCV-0088 AVD-KCV-0088 KCV-0089 AVD-KCV-0089",
)
def check(kubelet: component.Component) -> Iterator[Fail]:
    bootstrap = kubelet.flag("rotate-server-certificates")
    if bootstrap is not None and bootstrap.is_true:
        return
    lacking = [name for name in ("tls-cert-file", "tls-private-key-file") if not kubelet.has(name)]
    if lacking:
        there = kubelet.given("tls-cert-file") or kubelet.given("tls-private-key-file")
        yield Fail(
            there.where if there is not None else kubelet.where,
            "the kubelet signs its own certificate",
            expected="--tls-cert-file and --tls-private-key-file",
            actual=kubelet.shown(lacking[0]),
        )
