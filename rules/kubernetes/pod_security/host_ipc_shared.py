"""Pods share the memory segments of their node's processes.

## Why it matters
`hostIPC: true` puts the pod into the node's IPC namespace: shared memory, semaphores and message queues of every process on
the node that uses them, databases among them, can be read, changed and removed (`ipcs`, `ipcrm`).

## Five whys
1. Why did a database on the node lose its shared buffers? Somebody removed the segment.
2. Why could a pod do that? It is in the node's IPC namespace.
3. Why? `hostIPC: true`.
4. Why was it set? Two containers exchange data through shared memory, and one pod's containers could do that without it.

## Fix now
Remove `hostIPC: true`. Containers of one pod share IPC anyway; put the two that need it into one pod, with an `emptyDir` of
`medium: Memory` at `/dev/shm`.

## Workaround
Taint the nodes so that nothing else runs where the pod runs.

## Prevent
`pod-security.kubernetes.io/enforce: baseline` on the namespace.

## Validate
`kubectl exec POD -- ipcs -m` shows no segment of other workloads.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: render}
spec:
  selector: {matchLabels: {app: render}}
  template:
    metadata: {labels: {app: render}}
    spec:
      hostIPC: true # finding
      containers:
        - {name: render, image: "shop/render:1.0.0"}
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: render}
spec:
  selector: {matchLabels: {app: render}}
  template:
    metadata: {labels: {app: render}}
    spec:
      containers:
        - {name: render, image: "shop/render:1.0.0"}
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
    aliases="CKV_K8S_18 KSV-0008 AVD-KSV-0008 FG_R00487 kube-linter:host-ipc polaris:hostIPCSet kubescape:host-pid-ipc-privileges"
    " kubescape:host-ipc-privileges C-0038 C-0276",
)
def check(pod: Pod) -> Iterator[Fail]:
    where = pod.where.at("hostIPC")
    if where.flag is True:
        yield Fail(where, "the pods share the memory segments of their node's processes", expected="false")
