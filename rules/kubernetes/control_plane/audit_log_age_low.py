"""Audit logs are not kept for 30 days by a rule that is written down.

## Why it matters
Intrusions are found weeks after they began. With fewer than 30 days the beginning is gone; with no number at all old files go
only when a limit of count does, or the disk is full, so that nobody can say how far back the log reaches.

## Five whys
1. Why does the investigation start in the middle? The first week of the audit log was deleted.
2. Why? `--audit-log-maxage` is 7, or only the number of files limits it.
3. Why? The disk was small, and the log was never shipped anywhere else.

## Fix now
`--audit-log-maxage=30` (days), with `--audit-log-maxbackup` large enough that the count does not cut it short: `maxbackup`
times `maxsize` is the space that it needs.

## Workaround
Copy the rotated files away now: `rsync -a /var/log/kubernetes/audit/ backup:/audit/NODE/`.

## Prevent
Ship audit events to a store with its own retention; the node is then a buffer only.

## Validate
`ls -l --time-style=long-iso /var/log/kubernetes/audit | head -3` shows files 30 days old.

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
        - --audit-log-path=/var/log/audit.log
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
        - kube-apiserver
        - --audit-log-maxage=7 # finding
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
        - --audit-log-maxage=30
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.INFO,
    aliases=(
        "CKV_K8S_92 KCV-0020 AVD-KCV-0020 ensure-that-the-api-server-audit-log-maxage-argument-is-set-to-30-or-as-appropriate CIS-1.2.19"
    ),
)
def check(server: component.Component) -> Iterator[Fail]:
    it = server.flag("audit-log-maxage")
    if it is None or (it.number is not None and it.number < 30):
        yield Fail(
            server.place("audit-log-maxage"),
            "how long audit logs are kept is not set to 30 days or more",
            expected="--audit-log-maxage=30 or more",
            actual=server.shown("audit-log-maxage"),
        )
