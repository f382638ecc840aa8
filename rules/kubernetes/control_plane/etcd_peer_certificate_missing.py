"""The members of etcd talk to each other without TLS.

## Why it matters
Replication carries every object, Secrets included, in clear, and a member cannot tell another member from a stranger on port
2380.

## Five whys
1. Why could Secrets be read between two data centres? Members replicate without TLS.
2. Why? They have no peer certificates.
3. Why not? `--peer-cert-file` and `--peer-key-file` are not both given.

## Fix now
Issue a peer certificate for each member from etcd's CA, set both flags and `--peer-trusted-ca-file`, then change the peer
URLs to https: `etcdctl member update ID --peer-urls=https://NODE:2380`, one member at a time.

## Workaround
A VPN or a private network between the members until then.

## Prevent
`kubeadm init phase certs etcd-peer`; a cluster of one member needs it as soon as it grows.

## Validate
`etcdctl member list -w table` shows https for all PEER ADDRS.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: etcd, namespace: kube-system}
spec:
  containers:
    - name: etcd
      image: registry.k8s.io/etcd:3.6.4-0
      command:
        - etcd # finding
        - --data-dir=/var/lib/etcd
```

```yaml
apiVersion: v1
kind: Pod
metadata: {name: etcd, namespace: kube-system}
spec:
  containers:
    - name: etcd
      image: registry.k8s.io/etcd:3.6.4-0
      command:
        - etcd # finding
        - --peer-cert-file=/etc/etcd/peer.crt
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: etcd, namespace: kube-system}
spec:
  containers:
    - name: etcd
      image: registry.k8s.io/etcd:3.6.4-0
      command:
        - etcd
        - --peer-cert-file=/etc/etcd/peer.crt
        - --peer-key-file=/etc/etcd/peer.key
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.etcds,
    severity=Severity.HIGH,
    aliases="CKV_K8S_119 KCV-0045 AVD-KCV-0045 etcd-peer-tls-enabled CIS-2.4",
)
def check(member: component.Component) -> Iterator[Fail]:
    lacking = [name for name in ("peer-cert-file", "peer-key-file") if not member.has(name)]
    if lacking:
        yield Fail(
            member.place(lacking[0]),
            "members replicate without TLS",
            expected="--peer-cert-file and --peer-key-file",
            actual=member.shown(lacking[0]),
        )
