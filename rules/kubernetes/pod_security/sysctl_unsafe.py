"""Pods set a kernel setting that is not among the safe ones.

## Why it matters
Unsafe sysctls are not separated well between pods: one pod's value can starve its neighbours or the node. The kubelet refuses
them unless its `allowedUnsafeSysctls` names them: the pod then fails with `SysctlForbidden` at once, on every node that is
not prepared.

## Five whys
1. Why does the pod fail with `SysctlForbidden`? The node does not allow `net.core.somaxconn`.
2. Why does the pod ask? A guide for high load said so.
3. Why did it work before? The old nodes were started with a longer list.

## Fix now
Remove it, or prepare a node pool (`allowedUnsafeSysctls` in the kubelet's configuration) and select it with `nodeSelector`
and a taint.

## Workaround
Tune the application instead: a shorter backlog, more replicas.

## Prevent
`pod-security.kubernetes.io/enforce: baseline` refuses them when the manifest is applied, with a clear message.

## Validate
`kubectl describe pod POD` shows no `SysctlForbidden`; `kubectl exec POD -- sysctl NAME` prints the value.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      securityContext:
        sysctls:
          - {name: net.ipv4.tcp_syncookies, value: "1"}
          - {name: net.core.somaxconn, value: "4096"} # finding
      containers:
        - {name: web, image: "shop/web:1.4.2"}
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      securityContext:
        sysctls:
          - {name: net.ipv4.ip_local_port_range, value: "1024 65000"}
          - {name: net.ipv4.tcp_keepalive_time, value: "60"}
      containers:
        - {name: web, image: "shop/web:1.4.2"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS
from auditor.views.pod_security import safe_sysctls


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.MEDIUM,
    aliases="KSV-0026 AVD-KSV-0026 kube-linter:unsafe-sysctls kubescape:set-sysctls-params",
    symptoms=("SysctlForbidden", "forbidden sysctl"),
)
def check(pod: Pod) -> Iterator[Fail]:
    safe = safe_sysctls()
    for item in pod.where.each("securityContext.sysctls"):
        where = item.at("name")
        name = (where.text or "").replace("/", ".")
        if name and name not in safe:
            yield Fail(where, f"the sysctl {name} is not among the safe ones: nodes refuse it unless they are prepared")
