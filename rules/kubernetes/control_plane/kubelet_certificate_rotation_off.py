"""A kubelet does not renew its certificate.

## Why it matters
The certificate with which the kubelet talks to the API server ends after a year. Without rotation the node then goes NotReady
with `certificate has expired`, and all nodes that were made on the same day go together.

## Five whys
1. Why did twenty nodes go NotReady at once? Their client certificates expired.
2. Why were they not renewed? `rotateCertificates` is false.
3. Why? It was set for a test of the bootstrap and copied.

## Fix now
`rotateCertificates: true` and restart; on a node that is already out: a new bootstrap token (`kubeadm token create`), remove
`/var/lib/kubelet/pki/kubelet-client*`, restart the kubelet.

## Workaround
`kubeadm certs` does not cover nodes: copy a fresh kubeconfig made with `kubeadm kubeconfig user`.

## Prevent
Alert on `kubelet_certificate_manager_client_ttl_seconds` below thirty days.

## Validate
`openssl x509 -noout -enddate -in /var/lib/kubelet/pki/kubelet-client-current.pem` moves on before it ends.

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
        - --rotate-certificates=false # finding
```

```yaml
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
rotateCertificates: false # finding
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
        - --rotate-certificates=true
```

```yaml
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
rotateCertificates: true
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.NODE_KINDS,
    each=component.kubelets,
    severity=Severity.MEDIUM,
    aliases="CKV_K8S_149 KCV-0090 AVD-KCV-0090",
    symptoms=(r"x509: certificate has expired or is not yet valid",),
)
def check(kubelet: component.Component) -> Iterator[Fail]:
    it = kubelet.flag("rotate-certificates")
    if it is not None and it.is_false:
        yield Fail(
            it.where,
            "the kubelet's certificate is not renewed",
            expected="--rotate-certificates=true",
            actual=kubelet.shown("rotate-certificates"),
        )
