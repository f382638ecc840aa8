"""A kubelet does not renew the certificate that it serves.

## Why it matters
The gate RotateKubeletServerCertificate is on by default. With it off, the serving certificate that the cluster signed ends
after its year, and `kubectl logs`, `exec` and metrics of the node fail one by one.

## Five whys
1. Why does `kubectl top` miss nodes? Their serving certificates have expired.
2. Why were they not renewed? The gate `RotateKubeletServerCertificate` is false on those nodes.

## Fix now
Remove it from `featureGates`, restart the kubelet and approve its request: `kubectl get csr`.

## Workaround
Remove `/var/lib/kubelet/pki/kubelet-server-current.pem` and restart: a new request is made.

## Prevent
No feature gates in node templates that are on by default anyway.

## Validate
`kubectl get csr` shows a new kubelet-serving request, Approved,Issued.

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
        - --feature-gates=RotateKubeletServerCertificate=false # finding
```

```yaml
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
featureGates:
  RotateKubeletServerCertificate: false # finding
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
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.NODE_KINDS,
    each=component.kubelets,
    severity=Severity.MEDIUM,
    aliases="CKV_K8S_112 KCV-0091 AVD-KCV-0091",
)
def check(kubelet: component.Component) -> Iterator[Fail]:
    gates = kubelet.given("feature-gates")
    if gates is not None and "rotatekubeletservercertificate=false" in gates.text.lower():
        yield Fail(gates.where, "the kubelet's serving certificate is not renewed", expected="no RotateKubeletServerCertificate=false")
