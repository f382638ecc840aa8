"""etcd gives its data to clients without a certificate.

## Why it matters
etcd knows no RBAC of Kubernetes. Who may talk to port 2379 reads every Secret and can write a ClusterRoleBinding for himself
past the API server, its policies and its audit log.

## Five whys
1. Why was there a cluster-admin that no audit log mentions? It was written into etcd directly.
2. Why could it be? etcd asked for no certificate.
3. Why not? `--client-cert-auth` is false unless it is set; a CA alone only allows to verify.

## Fix now
`--client-cert-auth=true --trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt`, after every client (API servers, backup jobs,
monitoring) has a certificate. Change one member at a time.

## Workaround
A firewall that lets only API servers and members reach 2379, at once.

## Prevent
A CA for etcd alone: each certificate that it signs is a key to everything.

## Validate
`etcdctl --endpoints=https://NODE:2379 --insecure-skip-tls-verify get / --prefix --keys-only` fails with `bad certificate`.

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
        - --client-cert-auth=false # finding
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
        - --client-cert-auth=true
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.etcds,
    severity=Severity.CRITICAL,
    aliases="CKV_K8S_117 KCV-0043 AVD-KCV-0043 etcd-client-auth-cert CIS-2.2",
)
def check(member: component.Component) -> Iterator[Fail]:
    it = member.flag("client-cert-auth")
    if it is None or not it.is_true:
        yield Fail(
            member.place("client-cert-auth"),
            "clients need no certificate",
            expected="--client-cert-auth=true",
            actual=member.shown("client-cert-auth"),
        )
