"""Objects can be made in namespaces that are being deleted.

## Why it matters
The plugin refuses new objects in a namespace that is ending or does not exist, and protects `default`, `kube-system` and
`kube-public` from deletion. Without it a namespace may never finish deleting, since controllers keep filling it, and one
wrong command removes `kube-system`.

## Five whys
1. Why has the namespace been Terminating for two days? New objects appear in it as fast as they are deleted.
2. Why are they admitted? Nothing checks the phase of the namespace.
3. Why not? `NamespaceLifecycle` stands in `--disable-admission-plugins`.

## Fix now
Remove it from `--disable-admission-plugins`. Namespaces that hang finish by themselves afterwards.

## Workaround
Scale the controller that recreates objects to 0 until the namespace is gone.

## Prevent
Allow no change of `--disable-admission-plugins` without a second pair of eyes.

## Validate
`kubectl create configmap x -n does-not-exist` answers NotFound, and `kubectl delete ns kube-system --dry-run=server` is
forbidden.

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
        - --disable-admission-plugins=NamespaceLifecycle # finding
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
        - --enable-admission-plugins=NodeRestriction
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.MEDIUM,
    aliases="KCV-0015 AVD-KCV-0015 ensure-that-the-admission-control-plugin-NamespaceLifecycle-is-set CIS-1.2.14",
)
def check(server: component.Component) -> Iterator[Fail]:
    disabled = server.given("disable-admission-plugins")
    if disabled is not None and "NamespaceLifecycle" in disabled.values:
        yield Fail(disabled.where, "namespaces that end still take objects", expected="NamespaceLifecycle is not disabled")
