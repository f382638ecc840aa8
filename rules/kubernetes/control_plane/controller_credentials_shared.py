"""All controllers share one powerful identity.

## Why it matters
With `--use-service-account-credentials=true` each controller acts as its own ServiceAccount with just its role. Otherwise all
use the identity of the controller manager, which then must hold the sum of all rights, and the audit log cannot tell which
controller did what.

## Five whys
1. Why does the audit log only say `system:kube-controller-manager`? All controllers use that one identity.
2. Why? They get no ServiceAccounts of their own.
3. Why not? `--use-service-account-credentials` is false unless it is set.

## Fix now
`--use-service-account-credentials=true`. The roles `system:controller:*` are there by default: `kubectl get clusterroles |
grep system:controller`.

## Workaround
Tell controllers apart by their user agent in the audit log.

## Prevent
Manifests from kubeadm have the flag.

## Validate
`kubectl auth can-i delete nodes --as=system:serviceaccount:kube-system:replicaset-controller` says no; the audit log names
controllers.

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
        - --use-service-account-credentials=false # finding
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
        - --use-service-account-credentials=true
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
        "CKV_K8S_108 KCV-0035 AVD-KCV-0035 "
        "ensure-that-the-controller-manager-use-service-account-credentials-argument-is-set-to-true CIS-1.3.3"
    ),
)
def check(manager: component.Component) -> Iterator[Fail]:
    it = manager.flag("use-service-account-credentials")
    if it is None or not it.is_true:
        yield Fail(
            manager.place("use-service-account-credentials"),
            "all controllers act with one identity",
            expected="--use-service-account-credentials=true",
            actual=manager.shown("use-service-account-credentials"),
        )
