"""A kubelet does not keep the iptables chains that others rely on.

## Why it matters
Packets are marked for masquerading and dropping in chains that the kubelet makes. Switched off, firewalls and older network
plugins on that node miss them, and traffic to Services goes out with the wrong source address.

## Five whys
1. Why do replies from Services get lost on one node? They leave with the pod's address.
2. Why? The chain KUBE-MARK-MASQ is missing there.
3. Why? `makeIPTablesUtilChains: false` in that node's configuration.

## Fix now
Remove the setting (the default is true), restart the kubelet, check with `iptables -t nat -S | grep KUBE-MARK`.

## Workaround
Restart kube-proxy on the node: in iptables mode it makes its own copies.

## Prevent
One KubeletConfiguration for all nodes of a pool.

## Validate
`iptables -t mangle -S KUBE-KUBELET-CANARY` exists on the node.

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
        - --make-iptables-util-chains=false # finding
```

```yaml
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
makeIPTablesUtilChains: false # finding
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
        - --make-iptables-util-chains=true
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
        - --rotate-certificates=true
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.NODE_KINDS,
    each=component.kubelets,
    severity=Severity.LOW,
    aliases="KCV-0084 AVD-KCV-0084",
)
def check(kubelet: component.Component) -> Iterator[Fail]:
    it = kubelet.flag("make-iptables-util-chains")
    if it is not None and it.is_false:
        yield Fail(
            it.where,
            "the kubelet does not keep its iptables chains",
            expected="--make-iptables-util-chains=true",
            actual=kubelet.shown("make-iptables-util-chains"),
        )
