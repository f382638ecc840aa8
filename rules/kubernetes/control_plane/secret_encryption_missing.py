"""Secrets lie in etcd as they are.

## Why it matters
Base64 is no encryption: who gets a snapshot of etcd, a disk of a control plane node or its backup reads every password, token
and key of the cluster with `strings`.

## Five whys
1. Why did a stolen backup reveal the database passwords? They stood in the snapshot of etcd in clear.
2. Why? The API server writes Secrets as they are.
3. Why? No `--encryption-provider-config` tells it otherwise, and that is the default.

## Fix now
An EncryptionConfiguration with a KMS v2 provider first and `identity: {}` last, mounted on every API server, then
`--encryption-provider-config=FILE`. Afterwards write all Secrets anew: `kubectl get secrets -A -o json | kubectl replace -f
-`.

## Workaround
Encrypt the disks and the snapshots: that covers theft of both, not access to etcd.

## Prevent
Part of the setup of each cluster, with a plan for key rotation; a lost key is lost Secrets.

## Validate
`etcdctl get /registry/secrets/default/NAME | hexdump -C | head -2` begins with `k8s:enc:`.

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
        - --authorization-mode=Node,RBAC
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
        - --encryption-provider-config=/etc/kubernetes/encryption.yaml
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.MEDIUM,
    aliases=(
        "CKV_K8S_104 KCV-0030 AVD-KCV-0030 "
        "ensure-that-the-api-server-encryption-provider-config-argument-is-set-as-appropriate CIS-1.2.29 "
        "etcd-encryption-native"
    ),
)
def check(server: component.Component) -> Iterator[Fail]:
    if not server.has("encryption-provider-config"):
        yield Fail(
            server.place("encryption-provider-config"),
            "Secrets are stored without encryption",
            expected="--encryption-provider-config",
            actual=server.shown("encryption-provider-config"),
        )
