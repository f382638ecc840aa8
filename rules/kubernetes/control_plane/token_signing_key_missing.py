"""The controller manager has no key to sign tokens with.

## Why it matters
Then it does not run the controller that fills Secrets of type `kubernetes.io/service-account-token`: CI systems and older
operators that wait for such a token wait for ever.

## Five whys
1. Why is the token Secret empty? No controller fills it.
2. Why not? The controller manager has no private key to sign with.
3. Why not? `--service-account-private-key-file` is missing.

## Fix now
`--service-account-private-key-file=/etc/kubernetes/pki/sa.key`: the private half of what the API server gets as
`--service-account-key-file`.

## Workaround
Ask the API server for tokens instead: `kubectl create token NAME --duration=8h`.

## Prevent
Both flags from one template, so that they cannot name different pairs.

## Validate
A new Secret of that type has `data.token` within a second.

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
        - --service-account-private-key-file=/etc/kubernetes/pki/sa.key
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
        "KCV-0036 AVD-KCV-0036 ensure-that-the-controller-manager-service-account-private-key-file-argument-is-set-as-appropriate CIS-1.3.4"
    ),
)
def check(manager: component.Component) -> Iterator[Fail]:
    if not manager.has("service-account-private-key-file"):
        yield Fail(
            manager.place("service-account-private-key-file"),
            "no key signs the tokens of service accounts",
            expected="--service-account-private-key-file",
            actual=manager.shown("service-account-private-key-file"),
        )
