"""A kubelet may write many events a second, or as many as it likes.

## Why it matters
Events of a node in trouble (failing probes, image pulls) come in floods and end in etcd. A high rate on hundreds of nodes is
a load on the control plane just when it is needed; 0 means no limit at all.

## Five whys
1. Why was the API server slow during the registry outage? Every kubelet wrote dozens of events a second.
2. Why so many? `eventRecordQPS` was raised to 100.
3. Why? Somebody missed events on one node.

## Fix now
`eventRecordQPS: 5` (`--event-qps=5`) on large clusters; the default of 50 suits small ones. Bursts are allowed by
`eventBurst`.

## Workaround
EventRateLimit in the API server limits all nodes at once.

## Prevent
Leave the default unless a measurement says otherwise.

## Validate
`sum(rate(apiserver_request_total{resource="events",verb="POST"}[5m]))` stays flat when a registry is down.

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
        - --event-qps=100 # finding
```

```yaml
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
eventRecordQPS: 100 # finding
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
        - --event-qps=5
```

```yaml
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
eventRecordQPS: 50
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
    severity=Severity.INFO,
    aliases="CKV_K8S_147 KCV-0087 AVD-KCV-0087",
)
def check(kubelet: component.Component) -> Iterator[Fail]:
    it = kubelet.given("event-qps")
    if it is not None and it.number is not None and it.number > int(kubelet.default("event-qps")):
        yield Fail(it.where, "the kubelet may write more events a second than by default", expected="--event-qps=5")
