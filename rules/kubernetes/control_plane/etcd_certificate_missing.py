"""etcd serves clients without TLS.

## Why it matters
Everything that the cluster knows, Secrets included, crosses the network in clear between API server and etcd, and a client
cannot tell the real etcd from another.

## Five whys
1. Why could Secrets be read from a packet capture? API server and etcd spoke plain HTTP.
2. Why? etcd has no certificate to serve.
3. Why not? `--cert-file` and `--key-file` are not both given.

## Fix now
Issue a serving certificate from etcd's own CA (names: host name, IP, localhost), pass `--cert-file` and `--key-file`, and
change the URLs (`--listen-client-urls`, `--advertise-client-urls`, `--etcd-servers` of the API servers) to https, member by
member.

## Workaround
Listen on 127.0.0.1 only, where API server and etcd share a node.

## Prevent
`kubeadm init phase certs etcd-server` makes them; renew with `kubeadm certs renew etcd-server`.

## Validate
`openssl s_client -connect NODE:2379 </dev/null` shows the certificate; `curl http://NODE:2379/version` fails.

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
        - --cert-file=/etc/etcd/server.crt
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
        - --cert-file=/etc/etcd/server.crt
        - --key-file=/etc/etcd/server.key
```

```yaml
apiVersion: v1
kind: Pod
metadata: {name: etcd, namespace: kube-system}
spec:
  containers:
    - name: etcd
      image: registry.k8s.io/etcd:3.6.4-0
      command: [/usr/local/bin/etcd, --data-dir=/var/lib/etcd]
      env:
        - {name: ETCD_CERT_FILE, value: /etc/etcd/server.crt}
        - {name: ETCD_KEY_FILE, value: /etc/etcd/server.key}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.etcds,
    severity=Severity.HIGH,
    aliases="CKV_K8S_116 KCV-0042 AVD-KCV-0042 etcd-tls-enabled CIS-2.1",
)
def check(member: component.Component) -> Iterator[Fail]:
    lacking = [name for name in ("cert-file", "key-file") if not member.has(name)]
    if lacking:
        yield Fail(
            member.place(lacking[0]),
            "etcd serves clients without TLS",
            expected="--cert-file and --key-file",
            actual=member.shown(lacking[0]),
        )
