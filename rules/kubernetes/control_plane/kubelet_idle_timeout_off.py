"""A kubelet never closes idle exec and port-forward sessions.

## Why it matters
With a timeout of 0 a forgotten `kubectl exec` or `port-forward` keeps its connection for ever. They add up until the node or
the load balancer in front of the API server has no ports left, and each is an open shell.

## Five whys
1. Why does the load balancer refuse connections? Thousands of idle streams lead to the kubelets.
2. Why are they not closed? `streamingConnectionIdleTimeout` is 0.
3. Why 0? Somebody's debug session was cut after four hours.

## Fix now
`streamingConnectionIdleTimeout: 4h0m0s` (the default) or less in the KubeletConfiguration; restart the kubelet.

## Workaround
Restart the kubelet on the node with the most streams (`ss -tn sport = :10250 | wc -l`).

## Prevent
Leave it out: the default is sound.

## Validate
An idle `kubectl exec` ends after the timeout.

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
        - --streaming-connection-idle-timeout=0 # finding
```

```yaml
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
streamingConnectionIdleTimeout: 0s # finding
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
        - --streaming-connection-idle-timeout=1h
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
    aliases="CKV_K8S_143 KCV-0085 AVD-KCV-0085",
)
def check(kubelet: component.Component) -> Iterator[Fail]:
    it = kubelet.given("streaming-connection-idle-timeout")
    if it is not None and it.text in ("0", "0s", "0m", "0h"):
        yield Fail(it.where, "idle streams are never closed", expected="--streaming-connection-idle-timeout=4h0m0s")
