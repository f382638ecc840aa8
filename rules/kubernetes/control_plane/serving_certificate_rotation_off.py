"""Rotation of the kubelets' serving certificates is switched off.

## Why it matters
The feature gate is on by default. Switched off, the serving certificate that the cluster signed for a kubelet is not renewed:
after a year `kubectl logs`, `exec` and the metrics of that node fail with an expired certificate, one node after the other.

## Five whys
1. Why does `kubectl logs` fail with `certificate has expired`? The kubelet's serving certificate is a year old.
2. Why was it not renewed? `RotateKubeletServerCertificate=false` stands in the feature gates.
3. Why? It was switched off while nobody approved the requests.

## Fix now
Remove `RotateKubeletServerCertificate=false` from `--feature-gates`, restart, and approve what comes: `kubectl get csr | grep
kubelet-serving`.

## Workaround
Delete the old pair in `/var/lib/kubelet/pki` on the node and restart its kubelet, which asks for a new one.

## Prevent
An approver for `kubernetes.io/kubelet-serving` requests, and an alert on `kubelet_certificate_manager_server_ttl_seconds`.

## Validate
`openssl s_client -connect NODE:10250 </dev/null | openssl x509 -noout -enddate` lies in the future on all nodes.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-controller-manager, namespace: kube-system}
spec:
  containers:
    - name: kube-controller-manager
      image: registry.k8s.io/kube-controller-manager:v1.34.1
      command:
        - kube-controller-manager
        - --feature-gates=RotateKubeletServerCertificate=false # finding
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-controller-manager, namespace: kube-system}
spec:
  containers:
    - name: kube-controller-manager
      image: registry.k8s.io/kube-controller-manager:v1.34.1
      command:
        - kube-controller-manager
        - --feature-gates=RotateKubeletServerCertificate=true
```

```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-controller-manager, namespace: kube-system}
spec:
  containers:
    - name: kube-controller-manager
      image: registry.k8s.io/kube-controller-manager:v1.34.1
      command:
        - kube-controller-manager
        - --leader-elect=true
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.controller_managers,
    severity=Severity.MEDIUM,
    aliases=(
        "CKV_K8S_112 KCV-0038 AVD-KCV-0038 "
        "ensure-that-the-controller-manager-RotateKubeletServerCertificate-argument-is-set-to-true CIS-1.3.6"
    ),
)
def check(manager: component.Component) -> Iterator[Fail]:
    gates = manager.given("feature-gates")
    if gates is not None and "rotatekubeletservercertificate=false" in gates.text.lower():
        yield Fail(gates.where, "serving certificates of kubelets are not renewed", expected="no RotateKubeletServerCertificate=false")
