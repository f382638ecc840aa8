"""etcd serves a certificate that nobody can verify.

## Why it matters
With `--auto-tls` etcd makes a self-signed certificate at each start. Clients must accept any certificate, so that whoever
stands between API server and etcd reads and changes everything.

## Five whys
1. Why did the API server trust the wrong machine? It accepts every certificate of etcd.
2. Why? etcd's own one is new after each restart.
3. Why? `--auto-tls=true` was the quick way to have TLS at all.

## Fix now
Issue a certificate from etcd's CA, set `--cert-file` and `--key-file`, remove `--auto-tls`, and give the API servers
`--etcd-cafile`.

## Workaround
Restrict the network between API server and etcd to those machines.

## Prevent
No `auto-tls` outside a laptop.

## Validate
`openssl s_client -connect NODE:2379 -CAfile etcd-ca.crt </dev/null | grep Verify` says `0 (ok)`.

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
        - --auto-tls=true # finding
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
        - --auto-tls # finding
        - --data-dir=/var/lib/etcd
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
        - --auto-tls=false
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
    aliases="CKV_K8S_118 KCV-0044 AVD-KCV-0044 etcd-auto-tls-disabled CIS-2.3",
)
def check(member: component.Component) -> Iterator[Fail]:
    it = member.flag("auto-tls")
    if it is not None and it.is_true:
        yield Fail(it.where, "etcd signs its own certificate", expected="--auto-tls=false", actual=member.shown("auto-tls"))
