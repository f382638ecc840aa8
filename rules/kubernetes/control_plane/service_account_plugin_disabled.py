"""Pods get no service account, and so no token.

## Why it matters
The plugin gives each pod its ServiceAccount and mounts the token. Switched off, pods of operators and controllers start
without credentials and fail with `no such file: /var/run/secrets/kubernetes.io/serviceaccount/token`; pull secrets of the
account are not added either.

## Five whys
1. Why do all operators crash after the change? They find no token.
2. Why? Nothing mounted one into their pods.
3. Why? `ServiceAccount` stands in `--disable-admission-plugins`.

## Fix now
Remove it from `--disable-admission-plugins` and restart the pods that were created in between: they stay without a token
until they are made anew.

## Workaround
Mount a projected `serviceAccountToken` volume by hand into the pod that must work now.

## Prevent
Disable plugins only by a reviewed change, one at a time.

## Validate
`kubectl run t --image=busybox --restart=Never -- ls /var/run/secrets/kubernetes.io/serviceaccount` lists `token`.

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
        - --disable-admission-plugins=ServiceAccount # finding
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
        - --disable-admission-plugins=DefaultStorageClass
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.MEDIUM,
    aliases="KCV-0014 AVD-KCV-0014 ensure-that-the-admission-control-plugin-ServiceAccount-is-set CIS-1.2.13",
    symptoms=(r"open /var/run/secrets/kubernetes.io/serviceaccount/token: no such file or directory",),
)
def check(server: component.Component) -> Iterator[Fail]:
    disabled = server.given("disable-admission-plugins")
    if disabled is not None and "ServiceAccount" in disabled.values:
        yield Fail(disabled.where, "pods get neither a service account nor a token", expected="ServiceAccount is not disabled")
