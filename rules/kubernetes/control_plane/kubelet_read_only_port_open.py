"""A kubelet shows its pods to everybody, without login or TLS.

## Why it matters
Port 10255 lists all pods of the node with their environment, images and host names, and their metrics. It asks for nothing,
and an intruder reads there where to go next. The flag's default is 10255; the configuration file's is 0.

## Five whys
1. Why did the intruder know which pod holds the database URL? The kubelet's read-only port lists all pods.
2. Why was it open? The flag `--read-only-port` is not 0.
3. Why not? An old version of the monitoring scraped it.

## Fix now
`readOnlyPort: 0` in the KubeletConfiguration or `--read-only-port=0`; point the scrapers to 10250 with a token.

## Workaround
Block 10255 on the nodes.

## Prevent
Configuration file instead of flags; scan the nodes' ports once a month.

## Validate
`curl -m 3 http://NODE:10255/pods` does not connect.

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
        - --read-only-port=10255 # finding
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
        - kubelet # finding
        - --rotate-certificates=true
```

```yaml
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
readOnlyPort: 10255 # finding
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
        - --read-only-port=0
```

```yaml
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authorization: {mode: Webhook}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.NODE_KINDS,
    each=component.kubelets,
    severity=Severity.MEDIUM,
    aliases="CKV_K8S_141 KCV-0082 AVD-KCV-0082",
)
def check(kubelet: component.Component) -> Iterator[Fail]:
    port = kubelet.flag("read-only-port")
    shown = port.text if port is not None else kubelet.default("read-only-port")
    if shown != "0":
        yield Fail(
            kubelet.place("read-only-port"),
            "the kubelet lists its pods without login",
            expected="--read-only-port=0",
            actual=kubelet.shown("read-only-port"),
        )
