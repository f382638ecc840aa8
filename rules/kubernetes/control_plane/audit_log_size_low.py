"""The audit log is rotated before it reaches 100 MB, or at no set size.

## Why it matters
Small files multiply: with a limited number of backups, the time that the log covers shrinks with them. When the flag is left
out, the size is that of the library that rotates (100 MB today), which no document of the cluster promises.

## Five whys
1. Why does the audit log cover only two hours? Ten files of 10 MB are kept.
2. Why 10 MB? `--audit-log-maxsize=10` was set for a log shipper that is gone.

## Fix now
`--audit-log-maxsize=100` (megabytes); the space needed is that times `--audit-log-maxbackup` plus one.

## Workaround
Raise `--audit-log-maxbackup` instead when a shipper needs small files.

## Prevent
Choose age, count and size together, once, in the template of the control plane.

## Validate
`ls -l /var/log/kubernetes/audit` shows rotated files of about 100 MB.

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
        - --audit-log-maxsize=10 # finding
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
        - --audit-log-maxsize=100
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.INFO,
    aliases="CKV_K8S_94 KCV-0022 AVD-KCV-0022",
)
def check(server: component.Component) -> Iterator[Fail]:
    it = server.flag("audit-log-maxsize")
    if it is None or (it.number is not None and it.number < 100):
        yield Fail(
            server.place("audit-log-maxsize"),
            "the size of audit logs is not set to 100 MB or more",
            expected="--audit-log-maxsize=100 or more",
            actual=server.shown("audit-log-maxsize"),
        )
