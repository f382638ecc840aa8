"""A stranger may take part in etcd's replication.

## Why it matters
Port 2380 accepts peers without a certificate: a machine in the network that speaks the protocol can pose as a member, receive
the data and disturb elections, which takes the API server down.

## Five whys
1. Why did etcd lose its leader again and again? A test machine spoke the peer protocol with it.
2. Why did the members listen? They ask peers for no certificate.
3. Why not? `--peer-client-cert-auth` is false unless it is set.

## Fix now
`--peer-client-cert-auth=true --peer-trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt` on each member, after all have peer
certificates; restart one at a time and wait for `etcdctl endpoint health`.

## Workaround
Let only members reach 2380 in the firewall.

## Prevent
Take client and peer flags from one template.

## Validate
`openssl s_client -connect NODE:2380 </dev/null` ends with `bad certificate` or `certificate required`.

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
        - etcd
        - --peer-client-cert-auth=false # finding
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
        - --peer-client-cert-auth=true
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.etcds,
    severity=Severity.HIGH,
    aliases="CKV_K8S_121 KCV-0046 AVD-KCV-0046 etcd-peer-client-auth-cert CIS-2.5",
)
def check(member: component.Component) -> Iterator[Fail]:
    it = member.flag("peer-client-cert-auth")
    if it is None or not it.is_true:
        yield Fail(
            member.place("peer-client-cert-auth"),
            "peers need no certificate",
            expected="--peer-client-cert-auth=true",
            actual=member.shown("peer-client-cert-auth"),
        )
