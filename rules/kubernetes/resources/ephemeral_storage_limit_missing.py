"""Nothing limits what a container writes to the node's disk.

## Why it matters
Logs, the writable layer of the image and `emptyDir` volumes all lie on the node's own disk. A process that writes without end fills it;
then the kubelet evicts pods by and by (`The node was low on resource: ephemeral-storage`), and images can no longer be pulled.

## Five whys
1. Why were pods of other teams evicted? The disk of the node was full.
2. Why? One container wrote 80 GiB of debug logs.
3. Why could it? No `limits.ephemeral-storage` stopped it; with one, only its own pod would have gone.

## Fix now
`kubectl set resources deployment/NAME -c CONTAINER --limits=ephemeral-storage=2Gi`, above what `kubectl describe node` and
`kubelet_container_log_filesystem_used_bytes` show.

## Workaround
`kubectl delete pod POD` frees what it wrote.

## Prevent
A LimitRange with `default: {ephemeral-storage: 2Gi}`, and log rotation in the kubelet (`containerLogMaxSize`).

## Validate
`kubectl get pod POD -o jsonpath='{.spec.containers[*].resources.limits.ephemeral-storage}'` prints an amount for each container.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: render}
spec:
  containers:
    - name: render
      image: shop/render:4.4.0
      resources:
        limits: {cpu: "1", memory: 1Gi} # finding
```

## Good
A container that cannot write, in a pod without scratch volumes, fills nothing but its log.
```yaml
apiVersion: v1
kind: Pod
metadata: {name: render}
spec:
  containers:
    - name: render
      image: shop/render:4.4.0
      resources: {limits: {memory: 1Gi, ephemeral-storage: 2Gi}}
---
apiVersion: v1
kind: Pod
metadata: {name: proxy}
spec:
  containers:
    - name: proxy
      image: shop/proxy:2.0.1
      securityContext: {readOnlyRootFilesystem: true}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import running_containers
from auditor.views.kubernetes.reservation import unlimited
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=running_containers,
    severity=Severity.INFO,
    aliases="kube-score:container-ephemeral-storage-request-and-limit",
    symptoms=["[Tt]he node was low on resource: ephemeral-storage", "ephemeral local storage usage exceeds"],
)
def check(it: Container) -> Iterator[Fail]:
    where = unlimited(it, "ephemeral-storage")
    if where is not None and not _cannot_write(it):
        yield Fail(where, f"nothing limits what the {it.role} {it.name} writes to the node's disk", expected="a limit")


def _cannot_write(it: Container) -> bool:
    scratch = any(volume.kind == "emptyDir" and volume.source.at("medium").text != "Memory" for volume in it.pod.volumes)
    return not scratch and it.own_security("readOnlyRootFilesystem").flag is True
