r"""The API server takes passwords out of a plain text file.

## Why it matters
Every line of the file is a password, a user and its groups in plain text. A password cannot expire or be revoked without a
restart of the server, and whoever reads the file on one control plane node is that user for ever. Since 1.19 the flag does
not exist any more: a server that is started with it stops at once with `unknown flag`.

## Five whys
1. Why was the control plane down after the upgrade? `kube-apiserver` ended with `unknown flag: --basic-auth-file`.
2. Why was the flag there? The manifest was written for Kubernetes 1.10.
3. Why did nobody notice before? The flag kept working, with a warning, until 1.19 removed it.

## Fix now
Move the users of the file to OIDC (`--authentication-config`) or client certificates, then take the flag and the volume that
mounts the file out of `/etc/kubernetes/manifests/kube-apiserver.yaml`. The kubelet restarts the server by itself.

## Workaround
For a robot: a ServiceAccount and `kubectl create token NAME --duration=1h`.

## Prevent
Read the removed flags of each release before an upgrade, and render the manifests with the new version in a test cluster.

## Validate
`ps -o args= -C kube-apiserver | tr ' ' '\n' | grep basic-auth` prints nothing; a request with `-u user:password` gets 401.

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
        - --basic-auth-file=/etc/kubernetes/users.csv # finding
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
    aliases="CKV_K8S_69",
    symptoms=(r"unknown flag: --basic-auth-file",),
)
def check(server: component.Component) -> Iterator[Fail]:
    it = server.given("basic-auth-file")
    if it is not None and it.text != "":
        yield Fail(it.where, "users log in with passwords of a plain text file", expected="no --basic-auth-file")
