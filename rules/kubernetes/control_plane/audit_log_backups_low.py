"""Fewer than ten rotated audit logs are kept, or nobody limits them.

## Why it matters
A few files of 100 MB hold an hour of a busy cluster: a noisy client is enough to push the interesting part out. Without the
flag every file is kept, until the disk of the control plane node is full and etcd on it stops.

## Five whys
1. Why is yesterday's audit log gone? Five files were kept, and a controller filled them in an hour.
2. Why five? `--audit-log-maxbackup=5` was copied from an example.
3. Why did nobody compare it with the volume? The log is only read after an incident.

## Fix now
Count how many files a day makes (`ls /var/log/kubernetes/audit | wc -l`), and set `--audit-log-maxbackup` to what
`--audit-log-maxage` needs, at least 10, within the disk.

## Workaround
Lower the volume instead: `level: None` in the policy for leases, events and health checks.

## Prevent
Give the log a file system of its own, so that it cannot fill the one of etcd.

## Validate
After a day: as many rotated files as expected, and `df -h /var/log/kubernetes` below 80 %.

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
        - --audit-log-maxbackup=5 # finding
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
        - --audit-log-maxbackup=10
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
        "CKV_K8S_93 KCV-0021 AVD-KCV-0021 ensure-that-the-api-server-audit-log-maxbackup-argument-is-set-to-10-or-as-appropriate CIS-1.2.20"
    ),
)
def check(server: component.Component) -> Iterator[Fail]:
    it = server.flag("audit-log-maxbackup")
    if it is None or (it.number is not None and it.number < 10):
        yield Fail(
            server.place("audit-log-maxbackup"),
            "the number of rotated audit logs is not set to 10 or more",
            expected="--audit-log-maxbackup=10 or more",
            actual=server.shown("audit-log-maxbackup"),
        )
