"""Pods see and reach the processes of their node.

## Why it matters
`hostPID: true` shows every process of the node in the pod: their command lines and, as root, their environment
(`/proc/PID/environ`), their open files and their root folder (`/proc/PID/root`). With `SYS_PTRACE` or root it can also kill
or take over the kubelet.

## Five whys
1. Why did a monitoring pod leak database passwords? They stood in `/proc/PID/environ` of another pod.
2. Why could it read them? It is in the node's process namespace.
3. Why? `hostPID: true`, for a list of processes on a dashboard.
4. Why not for one pod only? Nobody knew `shareProcessNamespace`.

## Fix now
Remove `hostPID: true`. To see the processes of the pod's own containers use `shareProcessNamespace: true`.

## Workaround
Run it as a non-root user without `SYS_PTRACE`, so that it sees names but cannot read environments.

## Prevent
`pod-security.kubernetes.io/enforce: baseline` on every namespace that is not for node agents.

## Validate
`kubectl exec POD -- ps -e` lists only the pod's own processes.

## Bad
```yaml
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: exporter}
spec:
  selector: {matchLabels: {app: exporter}}
  template:
    metadata: {labels: {app: exporter}}
    spec:
      hostPID: true # finding
      containers:
        - {name: exporter, image: "shop/exporter:1.1.0"}
```

## Good
```yaml
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: exporter}
spec:
  selector: {matchLabels: {app: exporter}}
  template:
    metadata: {labels: {app: exporter}}
    spec:
      shareProcessNamespace: true
      containers:
        - {name: exporter, image: "shop/exporter:1.1.0"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.HIGH,
    aliases="CKV_K8S_17 KSV-0010 AVD-KSV-0010 FG_R00486 kube-linter:host-pid polaris:hostPIDSet kubescape:host-pid-ipc-privileges"
    " kubescape:host-pid-privileges C-0038 C-0275",
)
def check(pod: Pod) -> Iterator[Fail]:
    where = pod.where.at("hostPID")
    if where.flag is True:
        yield Fail(where, "the pods see and reach the processes of their node", expected="false")
