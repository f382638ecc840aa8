"""A kubelet lets everybody who logs in do everything.

## Why it matters
With `AlwaysAllow` each identity that the kubelet accepts (any client certificate of the cluster's CA, any ServiceAccount
token with webhook authentication) may run commands in all its containers. Webhook mode asks the API server, and RBAC decides.

## Five whys
1. Why could a monitoring token exec into pods? The kubelet allows whatever is authenticated.
2. Why? Its authorization mode is AlwaysAllow.
3. Why? That is the default of the flag, and the file with `mode: Webhook` is not in use.

## Fix now
`authorization: {mode: Webhook}` in the KubeletConfiguration; clients that break (Prometheus, metrics-server) need
`nodes/metrics`, `nodes/stats` in their ClusterRole. Restart the kubelets one pool at a time.

## Workaround
Close 10250 to pods by firewall or NetworkPolicy.

## Prevent
The configuration file has safe defaults; do not start kubelets by flags.

## Validate
With a plain ServiceAccount token: `curl -sk -H "Authorization: Bearer $T" https://NODE:10250/pods` answers 403.

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
        - --authorization-mode=AlwaysAllow # finding
```

```yaml
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authorization:
  mode: AlwaysAllow # finding
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
        - --authorization-mode=Webhook
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
    aliases="CKV_K8S_139 KCV-0080 AVD-KCV-0080",
)
def check(kubelet: component.Component) -> Iterator[Fail]:
    mode = kubelet.given("authorization-mode")
    if mode is not None and mode.text == "AlwaysAllow":
        yield Fail(mode.where, "whoever the kubelet knows may do everything", expected="Webhook")
