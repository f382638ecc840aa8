"""The API server serves no encrypted port.

## Why it matters
`--secure-port=0` used to switch HTTPS off, which left only the port without login. Today's servers refuse it (`--secure-port
0 must be between 1 and 65535`) and do not start, so the control plane is down.

## Five whys
1. Why is the control plane down? kube-apiserver ends right after the start.
2. Why? `--secure-port=0` is not valid any more.
3. Why was it there? An old way to test the server without certificates.

## Fix now
`--secure-port=6443`, the port that the kubeconfigs and the load balancer name.

## Workaround
None worth its risk: without this port nothing may be served at all.

## Prevent
Start every changed manifest once in a test cluster: the server checks its flags before anything else.

## Validate
`curl -k https://SERVER:6443/readyz` answers `ok`.

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
        - --secure-port=0 # finding
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
        - --secure-port=6443
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

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.HIGH,
    aliases="CKV_K8S_89 KCV-0017 AVD-KCV-0017 ensure-that-the-api-server-secure-port-argument-is-not-set-to-0 CIS-1.2.16",
    symptoms=(r"--secure-port 0 must be between 1 and 65535",),
)
def check(server: component.Component) -> Iterator[Fail]:
    port = server.given("secure-port")
    if port is not None and port.number == 0:
        yield Fail(port.where, "no encrypted port is served", expected="--secure-port=6443")
