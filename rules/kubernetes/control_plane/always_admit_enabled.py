"""An admission plugin is switched on that admits everything.

## Why it matters
`AlwaysAdmit` is a leftover of the first releases: it approves each request and does nothing else. Somebody who lists it
usually replaced a list of real plugins by it, and has lost NodeRestriction and the policies with them. It is deprecated since
1.13.

## Five whys
1. Why did a pod run privileged against the policy? No plugin looked at it.
2. Why not? The list of plugins holds `AlwaysAdmit` in place of those that were there.
3. Why? During an outage of a webhook somebody wanted everything to be admitted, and it stayed.

## Fix now
Take `AlwaysAdmit` out of `--enable-admission-plugins`, and compare the rest of the list with the one of the installer: at
least `NodeRestriction`.

## Workaround
When a webhook blocks everything, delete its configuration (`kubectl delete validatingwebhookconfiguration NAME`) instead of
opening the server.

## Prevent
Review changes of the static pods like code; they have no history on the node.

## Validate
`ps -o args= -C kube-apiserver | grep -o 'enable-admission-plugins=[^ ]*'` does not name it.

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
        - --enable-admission-plugins=AlwaysAdmit # finding
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
    severity=Severity.HIGH,
    aliases="CKV_K8S_79 KCV-0011 AVD-KCV-0011 ensure-that-the-admission-control-plugin-AlwaysAdmit-is-not-set CIS-1.2.10",
)
def check(server: component.Component) -> Iterator[Fail]:
    plugins = server.given("enable-admission-plugins")
    if plugins is not None and "AlwaysAdmit" in plugins.values:
        yield Fail(plugins.where, "AlwaysAdmit admits whatever comes", expected="no AlwaysAdmit")
