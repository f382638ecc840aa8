"""The API server does not check that it talks to its own etcd.

## Why it matters
Whoever can answer for the address of etcd gets every write of the cluster, Secrets included, and can answer reads with what
it likes. With the CA given the server refuses a stranger.

## Five whys
1. Why did the API server accept the false etcd? It has no CA to check its certificate with.
2. Why not? `--etcd-cafile` is missing.
3. Why is it missing? The first setup ran etcd on localhost without TLS.

## Fix now
`--etcd-cafile=/etc/kubernetes/pki/etcd/ca.crt` and `https://` in `--etcd-servers`.

## Workaround
Keep etcd on 127.0.0.1 of the same node (stacked) until certificates are there.

## Prevent
A CA for etcd alone, made with the cluster.

## Validate
With a wrong CA the server does not become ready: `x509: certificate signed by unknown authority`; with the right one
`/readyz/etcd` says ok.

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
        - kube-apiserver # finding
        - --etcd-servers=https://10.0.0.5:2379
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
        - --etcd-cafile=/etc/kubernetes/pki/etcd/ca.crt
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.MEDIUM,
    aliases="CKV_K8S_102 KCV-0029 AVD-KCV-0029 ensure-that-the-api-server-etcd-cafile-argument-is-set-as-appropriate CIS-1.2.28",
)
def check(server: component.Component) -> Iterator[Fail]:
    if not server.has("etcd-cafile"):
        yield Fail(
            server.place("etcd-cafile"),
            "the certificate of etcd is not verified",
            expected="--etcd-cafile",
            actual=server.shown("etcd-cafile"),
        )
