"""A volume in memory has no size.

## Why it matters
What is written to an `emptyDir` with `medium: Memory` counts as memory of the container that writes it. Without `sizeLimit` the volume is
as large as the pod's memory limit allows, so a full `/dev/shm` or cache kills the process (`OOMKilled`) where it could have seen
`No space left on device`. Without a memory limit it takes the node's memory.

## Five whys
1. Why was the container killed though its heap was small? Its memory was full of files.
2. Why files? `/cache` is a volume in memory.
3. Why could it grow to the limit? `emptyDir` has no `sizeLimit`.

## Fix now
Add `sizeLimit: 256Mi` next to `medium: Memory`, and raise the container's memory limit by as much.

## Workaround
`kubectl exec POD -- sh -c 'rm -rf /cache/*'` frees the memory at once.

## Prevent
Leave `medium: Memory` for what must be in memory (`/dev/shm`, secrets at run time), and give it a size each time.

## Validate
`kubectl exec POD -- df -h /cache` shows the size.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: browser}
spec:
  template:
    spec:
      containers:
        - name: browser
          image: shop/browser:120.0.0
          volumeMounts: [{name: shm, mountPath: /dev/shm}]
          resources: {limits: {memory: 2Gi}}
      volumes:
        - name: shm
          emptyDir:
            medium: Memory # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: browser}
spec:
  template:
    spec:
      containers:
        - name: browser
          image: shop/browser:120.0.0
          volumeMounts: [{name: shm, mountPath: /dev/shm}]
          resources: {limits: {memory: 2Gi}}
      volumes:
        - name: shm
          emptyDir: {medium: Memory, sizeLimit: 512Mi}
        - name: scratch
          emptyDir: {}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=pods, severity=Severity.MEDIUM, confidence=Confidence.FIRM, symptoms=["OOMKilled", "Memory cgroup out of memory"])
def check(it: Pod) -> Iterator[Fail]:
    for volume in it.volumes:
        if volume.kind == "emptyDir" and volume.source.at("medium").text == "Memory":
            size = volume.source.at("sizeLimit")
            if size.missing or quantity.of(size) == 0:
                yield Fail(size, f"the volume {volume.name} in memory has no size", expected="a size well below the memory limit")
