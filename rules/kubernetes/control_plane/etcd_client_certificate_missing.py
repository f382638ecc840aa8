"""The API server comes to etcd without a certificate.

## Why it matters
Either etcd takes anybody, then each process that reaches port 2379 reads all Secrets and writes itself a cluster-admin; or it
asks for a certificate, and the API server cannot start.

## Five whys
1. Why could a pod read every Secret from etcd? etcd asks nobody for a certificate.
2. Why not? The API server has none to show, so it could not be required.
3. Why not? `--etcd-certfile` and `--etcd-keyfile` are not both given.

## Fix now
Issue a client certificate from etcd's CA, pass `--etcd-certfile=FILE --etcd-keyfile=FILE --etcd-cafile=FILE`, then switch
`--client-cert-auth=true` on in etcd.

## Workaround
Let only the control plane nodes reach 2379 and 2380, by firewall, until it is done.

## Prevent
`kubeadm init phase certs all` and its manifests set both.

## Validate
`etcdctl --endpoints=https://NODE:2379 endpoint health` without a certificate fails with `bad certificate`.

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
        - --etcd-certfile=/etc/kubernetes/pki/etcd-client.crt
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
        - --etcd-certfile=/etc/kubernetes/pki/etcd-client.crt
        - --etcd-keyfile=/etc/kubernetes/pki/etcd-client.key
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.HIGH,
    aliases=(
        "CKV_K8S_99 KCV-0026 AVD-KCV-0026 "
        "ensure-that-the-api-server-etcd-certfile-and-etcd-keyfile-arguments-are-set-as-appropriate CIS-1.2.25"
    ),
)
def check(server: component.Component) -> Iterator[Fail]:
    lacking = [name for name in ("etcd-certfile", "etcd-keyfile") if not server.has(name)]
    if lacking:
        yield Fail(
            server.place(lacking[0]),
            "the API server has no client certificate for etcd",
            expected="--etcd-certfile and --etcd-keyfile",
            actual=server.shown(lacking[0]),
        )
