r"""Pods are not told which CA the API server has.

## Why it matters
The controller manager copies the file of `--root-ca-file` into the ConfigMap `kube-root-ca.crt` of every namespace, from
where it comes into each pod as `ca.crt`. Without it clients in pods fail with `x509: certificate signed by unknown
authority`, or are taught not to verify.

## Five whys
1. Why does every operator fail with an x509 error? Its `ca.crt` is empty or missing.
2. Why? Nobody publishes the CA into the namespaces.
3. Why not? `--root-ca-file` is not given to the controller manager.

## Fix now
`--root-ca-file=/etc/kubernetes/pki/ca.crt`, mounted into the static pod. Existing pods see it without a restart.

## Workaround
Create the ConfigMap by hand where it is missing: `kubectl create configmap kube-root-ca.crt --from-file=ca.crt -n NAMESPACE`.

## Prevent
Manifests from kubeadm have the flag.

## Validate
`kubectl get configmap kube-root-ca.crt -n default -o jsonpath='{.data.ca\.crt}' | openssl x509 -noout -subject` names the CA.

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
        - kube-controller-manager # finding
        - --leader-elect=true
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
        - --root-ca-file=/etc/kubernetes/pki/ca.crt
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.controller_managers,
    severity=Severity.MEDIUM,
    aliases="KCV-0037 AVD-KCV-0037 ensure-that-the-controller-manager-root-ca-file-argument-is-set-as-appropriate CIS-1.3.5",
)
def check(manager: component.Component) -> Iterator[Fail]:
    if not manager.has("root-ca-file"):
        yield Fail(
            manager.place("root-ca-file"),
            "pods do not get the CA of the API server",
            expected="--root-ca-file",
            actual=manager.shown("root-ca-file"),
        )
