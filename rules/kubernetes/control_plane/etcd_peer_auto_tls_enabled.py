"""The members of etcd cannot verify each other.

## Why it matters
`--peer-auto-tls` makes each member sign its own peer certificate. The replication is encrypted, but towards anybody: a member
cannot tell a peer from a stranger.

## Five whys
1. Why was the false member believed? Peers do not verify certificates.
2. Why not? Each member signs its own.
3. Why? `--peer-auto-tls=true` stands in the manifest from the first day, when there was no CA.

## Fix now
Peer certificates from etcd's CA (`--peer-cert-file`, `--peer-key-file`, `--peer-trusted-ca-file`), then remove
`--peer-auto-tls`, one member at a time.

## Workaround
Only members may reach port 2380.

## Prevent
Make the CA before the first member.

## Validate
`openssl s_client -connect NODE:2380 </dev/null | openssl x509 -noout -issuer` names etcd's CA.

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
        - etcd
        - --peer-auto-tls=true # finding
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
        - --peer-auto-tls=false
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
        - --data-dir=/var/lib/etcd
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.etcds,
    severity=Severity.MEDIUM,
    aliases="KCV-0047 AVD-KCV-0047 etcd-peer-auto-tls-disabled CIS-2.6",
)
def check(member: component.Component) -> Iterator[Fail]:
    it = member.flag("peer-auto-tls")
    if it is not None and it.is_true:
        yield Fail(
            it.where, "members sign their own peer certificates", expected="--peer-auto-tls=false", actual=member.shown("peer-auto-tls")
        )
