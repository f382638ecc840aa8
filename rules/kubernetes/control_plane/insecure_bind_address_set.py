"""The API server listens for requests without any login.

## Why it matters
On the insecure address there is no authentication and no authorization: whoever opens a connection is the administrator. From
1.20 the flag does nothing, and since 1.24 a server that gets it ends with `unknown flag`.

## Five whys
1. Why could a script without a token create pods? It used the insecure address of the API server.
2. Why was that reachable? `--insecure-bind-address` named an address of the network.
3. Why? A monitoring tool of 2016 could not speak TLS.

## Fix now
Delete `--insecure-bind-address` (and `--insecure-port`) from the manifest, and give the old client a ServiceAccount token and
the CA.

## Workaround
Block port 8080 on the node's firewall until the client is changed.

## Prevent
Upgrade: no supported version knows the flag.

## Validate
`curl -m 3 http://SERVER:8080/api` does not connect.

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
        - --insecure-bind-address=10.0.0.5 # finding
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
        - --bind-address=10.0.0.5
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
    aliases="CKV_K8S_86",
    symptoms=(r"unknown flag: --insecure-bind-address",),
)
def check(server: component.Component) -> Iterator[Fail]:
    it = server.given("insecure-bind-address")
    if it is not None and it.text != "":
        yield Fail(it.where, "requests without a login are answered on this address", expected="no --insecure-bind-address")
