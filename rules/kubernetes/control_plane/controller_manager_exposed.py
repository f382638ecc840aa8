"""The controller manager listens on every address of its node.

## Why it matters
Its port 10257 answers health checks without a login, and metrics and profiles to who has one. Nothing outside the node has to
reach it, except a Prometheus that scrapes it on purpose.

## Five whys
1. Why could a pod probe the controller manager? It listens on all addresses.
2. Why? `--bind-address` is left out, and that means 0.0.0.0.
3. Why is it left out? The manifest was not made by kubeadm, which sets it.

## Fix now
`--bind-address=127.0.0.1` in the static pod; the liveness probe of the manifest must then name `host: 127.0.0.1`, or the
kubelet restarts it for ever.

## Workaround
Close 10257 in the host firewall to all but the monitoring.

## Prevent
Where Prometheus scrapes it, do so through a proxy with mTLS on the node, and suppress this with the reason.

## Validate
From another host: `curl -m 3 -k https://NODE:10257/healthz` does not connect.

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
        - --bind-address=0.0.0.0 # finding
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
        - --bind-address=127.0.0.1
```

```yaml
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.34.1
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.controller_managers,
    severity=Severity.LOW,
    aliases="CKV_K8S_113 KCV-0039 AVD-KCV-0039 ensure-that-the-controller-manager-bind-address-argument-is-set-to-127.0.0.1 CIS-1.3.7",
)
def check(manager: component.Component) -> Iterator[Fail]:
    address = manager.flag("bind-address")
    if address is None or address.text not in ("127.0.0.1", "::1", "localhost"):
        yield Fail(
            manager.place("bind-address"),
            "the controller manager listens on the network",
            expected="--bind-address=127.0.0.1",
            actual=manager.shown("bind-address"),
        )
