"""A kubelet may change other nodes and their pods.

## Why it matters
NodeRestriction lets a kubelet write only its own Node object and the pods bound to it. Without it one stolen kubelet
credential can label its node so that the pods with the database secrets are scheduled there, taint others empty, or set the
status of foreign pods.

## Five whys
1. Why did the payment pods move to the compromised node? It had the label that they select.
2. Why did it have it? Its kubelet wrote the label itself.
3. Why was it allowed? The plugin NodeRestriction, which is off by default, is not enabled.

## Fix now
Add `NodeRestriction` to `--enable-admission-plugins`, and use label keys under `node-restriction.kubernetes.io/` for
isolation: those no kubelet may set.

## Workaround
Isolate with taints that only administrators manage, and rotate credentials of a suspicious node: `kubectl delete node N` and
revoke its certificate.

## Prevent
The installer's list of plugins (kubeadm enables it) is the minimum of every hand-written manifest.

## Validate
With the kubelet's kubeconfig: `kubectl label node OTHER x=y` is forbidden: `is not allowed to modify node`.

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
        - --enable-admission-plugins=PodSecurity # finding
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
    aliases="CKV_K8S_85 KCV-0016 AVD-KCV-0016 ensure-that-the-admission-control-plugin-NodeRestriction-is-set CIS-1.2.15",
)
def check(server: component.Component) -> Iterator[Fail]:
    plugins = server.flag("enable-admission-plugins")
    if plugins is None or "NodeRestriction" not in plugins.values:
        yield Fail(
            server.place("enable-admission-plugins"),
            "kubelets may change other nodes",
            expected="NodeRestriction among --enable-admission-plugins",
            actual=server.shown("enable-admission-plugins"),
        )
