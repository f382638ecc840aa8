"""The API server takes tokens out of a plain text file that never expire.

## Why it matters
The tokens stand in clear text on every control plane node and in its backups. None of them expires, and to revoke one the
file must be changed on all nodes and every API server restarted. A token that leaks in a log opens the cluster until somebody
finds out.

## Five whys
1. Why did the token of a leaver still work? It stands in the token file.
2. Why was it not revoked? That takes a restart of three API servers, and nobody owned it.
3. Why do people have static tokens at all? They were quicker to set up than OIDC when the cluster was new.

## Fix now
Give each user of the file an OIDC login or a client certificate of a day, each robot a ServiceAccount; then remove
`--token-auth-file` and the mounted file from the manifest of the API server, one node after the other.

## Workaround
Shorten the file to the one robot that still needs it, with a group that may do only its job, and change its token now.

## Prevent
No authentication by file in the template of the control plane; `--authentication-config` with the issuer of your identity
provider.

## Validate
`ps -o args= -C kube-apiserver | grep -c token-auth-file` prints 0; an old token: `curl -sk -H 'Authorization: Bearer OLD'
https://SERVER:6443/version` with `anonymous-auth` off answers 401.

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
        - --token-auth-file=/etc/kubernetes/tokens.csv # finding
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

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="CKV_K8S_70 KCV-0002 AVD-KCV-0002 ensure-that-the-api-server-token-auth-file-parameter-is-not-set CIS-1.2.2",
)
def check(server: component.Component) -> Iterator[Fail]:
    it = server.given("token-auth-file")
    if it is not None and it.text != "":
        yield Fail(it.where, "static tokens of a plain text file open the cluster", expected="no --token-auth-file")
