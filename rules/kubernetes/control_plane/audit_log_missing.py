"""Nobody records who did what in the cluster.

## Why it matters
After an incident (a deleted namespace, a Secret that was read, a role that grew) the audit log is the only record of which
user did it, from where and when. It cannot be had afterwards.

## Five whys
1. Why could nobody tell who deleted the namespace? There is no audit log.
2. Why not? The API server gets neither a path for the log nor a webhook.
3. Why not? The default is to record nothing, and the cluster worked without.

## Fix now
Write a policy (start with `level: Metadata` for everything, `None` for leases and events of the control plane), mount it, and
pass `--audit-policy-file=/etc/kubernetes/audit/policy.yaml --audit-log-path=/var/log/kubernetes/audit/audit.log`. Mount the
log's folder too: what is written in the container is gone with it.

## Workaround
Record the one thing that is asked now with `kubectl get events -A --watch` and the access log of the load balancer; both name
no users.

## Prevent
Ship the log off the node, and alert when no line has come for ten minutes.

## Validate
`kubectl get ns; tail -1 /var/log/kubernetes/audit/audit.log | jq .user.username` names you.

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
        - --audit-policy-file=/etc/kubernetes/audit/policy.yaml
        - --audit-log-path=/var/log/kubernetes/audit/audit.log
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
        - --audit-policy-file=/etc/kubernetes/audit/policy.yaml
        - --audit-webhook-config-file=/etc/kubernetes/audit/webhook.yaml
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.MEDIUM,
    aliases="CKV_K8S_91 KCV-0019 AVD-KCV-0019 ensure-that-the-api-server-audit-log-path-argument-is-set CIS-1.2.18",
)
def check(server: component.Component) -> Iterator[Fail]:
    if not server.has("audit-log-path") and not server.has("audit-webhook-config-file"):
        yield Fail(
            server.place("audit-log-path"),
            "no audit log is written",
            expected="--audit-log-path or --audit-webhook-config-file",
            actual=server.shown("audit-log-path"),
        )
