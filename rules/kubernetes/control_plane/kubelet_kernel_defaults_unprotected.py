"""A kubelet changes the node's kernel settings to its liking.

## Why it matters
When `vm.overcommit_memory`, `kernel.panic` and a few others differ from what the kubelet wants, it changes them unless
`protectKernelDefaults` is true; then it refuses to start instead. The change is silent, and differs from what the hardening
of the image set.

## Five whys
1. Why does the node not have the hardened sysctl values? The kubelet overwrote them.
2. Why? It may, unless it is told to protect them.
3. Why was it not? `protectKernelDefaults` is false unless it is set.

## Fix now
First set in the image what the kubelet wants (`vm.overcommit_memory=1`, `vm.panic_on_oom=0`, `kernel.panic=10`,
`kernel.panic_on_oops=1`, `kernel.keys.root_maxkeys=1000000`, `kernel.keys.root_maxbytes=25000000`), then
`protectKernelDefaults: true`.

## Workaround
Set the same values as the kubelet in the image: then there is nothing to change.

## Prevent
Both in the node template, tested together: a kubelet that refuses to start is a node that never joins.

## Validate
`journalctl -u kubelet | grep 'Invalid kernel flag'` is empty and the node is Ready.

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
        - kubelet # finding
        - --rotate-certificates=true
```

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
        - --protect-kernel-defaults=false # finding
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
        - --protect-kernel-defaults=true
```

```yaml
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
protectKernelDefaults: true
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.NODE_KINDS,
    each=component.kubelets,
    severity=Severity.LOW,
    aliases="CKV_K8S_144 KCV-0083 AVD-KCV-0083",
)
def check(kubelet: component.Component) -> Iterator[Fail]:
    it = kubelet.flag("protect-kernel-defaults")
    if it is None or not it.is_true:
        yield Fail(
            kubelet.place("protect-kernel-defaults"),
            "the kubelet may change kernel settings of its node",
            expected="--protect-kernel-defaults=true",
            actual=kubelet.shown("protect-kernel-defaults"),
        )
