"""A kubelet answers requests of nobody in particular.

## Why it matters
The kubelet runs commands in all containers of its node (`/run`, `/exec`). With anonymous requests allowed, and the kubelet's
default authorization, one HTTP call from any pod to port 10250 is a shell in any other pod of that node. The default differs:
true for the flag, false in a KubeletConfiguration.

## Five whys
1. Why could a pod run commands in its neighbour? It asked the kubelet, which asked for no login.
2. Why not? `--anonymous-auth` is true unless the kubelet is told otherwise.
3. Why was it not? The kubelet is started with flags, and their defaults are older than those of the configuration file.

## Fix now
`authentication: {anonymous: {enabled: false}, webhook: {enabled: true}}` in the KubeletConfiguration (or
`--anonymous-auth=false`), then `systemctl restart kubelet`, node by node. Running pods are not touched.

## Workaround
A NetworkPolicy or firewall that keeps pods away from port 10250 of the nodes.

## Prevent
Start kubelets with a configuration file, from one template for each node pool.

## Validate
From a pod: `curl -sk https://NODE:10250/pods` answers 401.

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
        - --anonymous-auth=true # finding
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
authentication:
  anonymous: {enabled: true} # finding
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
        - --anonymous-auth=false
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
    severity=Severity.HIGH,
    aliases="CKV_K8S_138 KCV-0079 AVD-KCV-0079",
)
def check(kubelet: component.Component) -> Iterator[Fail]:
    it = kubelet.flag("anonymous-auth")
    on = it.is_true if it is not None else kubelet.default("anonymous-auth") == "true"
    if on:
        yield Fail(
            kubelet.place("anonymous-auth"),
            "the kubelet takes requests without credentials",
            expected="--anonymous-auth=false",
            actual=kubelet.shown("anonymous-auth"),
        )
