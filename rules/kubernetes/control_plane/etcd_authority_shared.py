"""etcd accepts every client certificate of the cluster.

## Why it matters
The CA of the cluster signs kubelets, users and robots. When etcd trusts the same CA for its clients, each of those
certificates opens etcd, which knows no RBAC: a kubelet's key is then enough to read all Secrets and to write a cluster-admin.

## Five whys
1. Why could a node's certificate read all Secrets? etcd accepted it as a client.
2. Why? etcd trusts the CA that signed it.
3. Why? `--trusted-ca-file` names the same file as the API server's `--client-ca-file`.
4. Why one CA for both? It was one file less to make.

## Fix now
Make a CA for etcd (`kubeadm init phase certs etcd-ca`), new server, peer and client certificates from it, then change
`--trusted-ca-file`, `--peer-trusted-ca-file` and the API server's `--etcd-cafile`, member by member. During the change a file
with both CAs keeps it going.

## Workaround
A firewall that lets only API servers reach 2379.

## Prevent
kubeadm makes two CAs by itself.

## Validate
`etcdctl --cert /var/lib/kubelet/pki/kubelet-client-current.pem --key ... endpoint health` is refused.

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
        - --client-ca-file=/etc/kubernetes/pki/ca.crt
---
apiVersion: v1
kind: Pod
metadata: {name: etcd, namespace: kube-system}
spec:
  containers:
    - name: etcd
      image: registry.k8s.io/etcd:3.6.4-0
      command:
        - etcd
        - --trusted-ca-file=/etc/kubernetes/pki/ca.crt # finding
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
        - --client-ca-file=/etc/kubernetes/pki/ca.crt
---
apiVersion: v1
kind: Pod
metadata: {name: etcd, namespace: kube-system}
spec:
  containers:
    - name: etcd
      image: registry.k8s.io/etcd:3.6.4-0
      command:
        - etcd
        - --trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.etcds,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    aliases="etcd-unique-ca CIS-2.7",
)
def check(member: component.Component, resource: Resource, graph: Graph) -> Iterator[Fail]:
    trusted = member.given("trusted-ca-file")
    if trusted is None or trusted.where.unknown or not trusted.text:
        return
    for other in graph.of(*component.KINDS.split()):
        for server in component.api_servers(other, graph) if other.root == resource.root else ():
            clients = server.given("client-ca-file")
            if clients is not None and clients.text == trusted.text:
                yield Fail(trusted.where, "etcd trusts the CA of the whole cluster", expected="a CA of its own", related=(clients.where,))
                return
