"""The API server has a port where everybody is the administrator.

## Why it matters
The insecure port knows no TLS, no users and no RBAC. Everything on that host, each pod with `hostNetwork` included, owns the
cluster. From 1.20 the only value allowed was 0, and 1.24 removed the flag.

## Five whys
1. Why did a pod on the control plane node delete deployments? It called http://127.0.0.1:8080.
2. Why did that need no token? It is the insecure port.
3. Why was it open? `--insecure-port` is not 0 in the manifest.

## Fix now
Remove the flag (versions from 1.20), or set it to 0 (before), and restart the API server node by node. Health checks go to
`https://127.0.0.1:6443/livez`.

## Workaround
Drop the port in the host firewall: `nft add rule inet filter input tcp dport 8080 drop`.

## Prevent
Upgrade to a supported release; keep the manifests of the control plane under review.

## Validate
`curl -m 3 http://127.0.0.1:8080/version` on the control plane node does not connect.

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
        - --insecure-port=8080 # finding
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
        - --insecure-port=0
```

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
        - --authorization-mode=Node,RBAC
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.CRITICAL,
    profile=Profile.GATE,
    aliases="CKV_K8S_88 insecure-port-flag C-0005",
    symptoms=(r"unknown flag: --insecure-port",),
)
def check(server: component.Component) -> Iterator[Fail]:
    port = server.given("insecure-port")
    if port is not None and port.number != 0 and not port.where.unknown:
        yield Fail(port.where, "everybody who reaches this port is the administrator", expected="no --insecure-port")
