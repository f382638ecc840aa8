"""A volume in memory may grow beyond the memory limits of those that write to it.

## Why it matters
Files in an `emptyDir` with `medium: Memory` count as memory of the containers. When the volume may be as large as all of their limits
together, a container is killed (`OOMKilled`) before the volume is full; the files stay, so it is killed again after each restart
until the pod is deleted.

## Five whys
1. Why does the container restart again and again? It is killed for its memory at once.
2. Why at once? The files in its volume in memory still fill its limit.
3. Why may they? `sizeLimit` is as large as the limit, or larger.
4. Why? The size was copied from a volume on disk.

## Fix now
Make `sizeLimit` smaller than the limit by what the process itself needs, or raise the limit to the sum of both, then delete the pod:
`kubectl delete pod POD`.

## Workaround
Leave out `medium: Memory`: the same volume on disk counts as ephemeral storage.

## Prevent
Write the sum next to the numbers: limit = heap + volume + 25 %.

## Validate
Fill it: `kubectl exec POD -- dd if=/dev/zero of=/cache/x bs=1M` ends with `No space left on device`, and not with exit code 137.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
          volumeMounts: [{name: cache, mountPath: /cache}]
          resources: {limits: {memory: 1Gi}}
        - name: reader
          image: shop/reader:1.0.0
          volumeMounts: [{name: cache, mountPath: /cache, readOnly: true}]
          resources: {limits: {memory: 4Gi}}
      volumes:
        - name: cache
          emptyDir:
            medium: Memory
            sizeLimit: 2Gi # finding
```

## Good
Two containers that both write share the memory of the volume.
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
          volumeMounts: [{name: cache, mountPath: /cache}]
          resources: {limits: {memory: 1Gi}}
        - name: writer
          image: shop/writer:1.0.0
          volumeMounts: [{name: cache, mountPath: /cache}]
          resources: {limits: {memory: 1536Mi}}
        - name: free
          image: shop/free:1.0.0
          volumeMounts: [{name: big, mountPath: /big}]
      volumes:
        - name: cache
          emptyDir: {medium: Memory, sizeLimit: 2Gi}
        - name: big
          emptyDir: {medium: Memory, sizeLimit: 64Gi}
        - name: disk
          emptyDir: {sizeLimit: 10Gi}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.decide import undecided
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.volume import Volume
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=pods, severity=Severity.HIGH, confidence=Confidence.FIRM, symptoms=["OOMKilled", "Memory cgroup out of memory"])
def check(it: Pod) -> Iterator[Fail]:
    for volume in it.volumes:
        if volume.kind != "emptyDir" or volume.source.at("medium").text != "Memory":
            continue
        size = volume.source.at("sizeLimit")
        room = quantity.of(size)
        limits = [container.limit("memory") for container in it.running if _writes(container, volume)] if room else []
        known = [limit for limit in limits if limit is not None]
        if not room or not known or len(known) < len(limits) or room < sum(limit.value for limit in known):
            continue
        for limit in known:
            if not limit.certain:
                raise undecided(limit.where, "the LimitRange may be of another namespace")
        total = quantity.size(sum((limit.value for limit in known), start=0 * room))
        message = f"the volume {volume.name} in memory may hold {quantity.size(room)}; those that write to it are limited to {total}"
        yield Fail(size, message, expected=f"well below {total}", related=tuple(limit.where for limit in known))


def _writes(container: Container, volume: Volume) -> bool:
    return any(mount.at("name").text == volume.name and mount.at("readOnly").flag is not True for mount in container.mounts())
