"""The API server has no audit policy, so it records nothing.

## Why it matters
Without `--audit-policy-file` no event is recorded, whatever path the log has: the file exists and stays empty. That is found
out on the day when somebody needs it.

## Five whys
1. Why is the audit log empty? The API server had no rule that says what to record.
2. Why not? `--audit-policy-file` is missing.
3. Why did nobody see it? The path of the log is set, and looked like enough.

## Fix now
Mount a policy and pass `--audit-policy-file`: `apiVersion: audit.k8s.io/v1`, `kind: Policy`, rules from special to general,
the last one `level: Metadata`. Keep Secrets and tokens at `Metadata`, or their contents are in the log.

## Workaround
A policy of one rule, `- level: Metadata`, is better than none; mind the disk.

## Prevent
Check in the pipeline of the control plane that policy and path go together.

## Validate
`kubectl create configmap audit-test --from-literal=a=b && grep -c audit-test /var/log/kubernetes/audit/audit.log` is above 0.

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
        - --audit-log-path=/var/log/kubernetes/audit/audit.log
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
        - --audit-policy-file=/etc/kubernetes/audit/policy.yaml
        - --audit-log-path=/var/log/kubernetes/audit/audit.log
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.MEDIUM,
    aliases="k8s-audit-logs-enabled-native k8s-audit-logs-enabled-native-cis CIS-3.2.1",
)
def check(server: component.Component) -> Iterator[Fail]:
    if not server.has("audit-policy-file"):
        yield Fail(
            server.place("audit-policy-file"),
            "without a policy nothing is recorded in the audit log",
            expected="--audit-policy-file",
            actual=server.shown("audit-policy-file"),
        )
