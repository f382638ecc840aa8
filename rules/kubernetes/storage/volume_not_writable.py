"""A container that is not root cannot write to its volume.

## Why it matters
A new volume belongs to root. Without `fsGroup` a process with another user may read it and not write: the first start fails with
"Permission denied".

## Five whys
1. Why does the database not start? It cannot create its directory.
2. Why not? The volume belongs to root, and the process is user 1000.
3. Why was the volume not given to it? The pod names no `fsGroup`.
4. Why did it work before? The image ran as root until the security context was added.

## Fix now
`kubectl patch statefulset NAME -p
'{"spec":{"template":{"spec":{"securityContext":{"fsGroup":1000,"fsGroupChangePolicy":"OnRootMismatch"}}}}}'`.

## Workaround
An init container as root with `chown -R 1000:1000 /data`.

## Prevent
Write `fsGroup` beside `runAsUser`, with the same number.

## Validate
`kubectl exec POD -- sh -c 'id; touch /data/.probe && rm /data/.probe'` ends without an error.

## Bad
```yaml
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: database}
spec:
  serviceName: database
  selector: {matchLabels: {app: database}}
  template:
    metadata: {labels: {app: database}}
    spec:
      securityContext: {runAsUser: 1000}
      containers:
        - name: database
          image: shop/database:1.4.2
          volumeMounts:
            - {name: data, mountPath: /data} # finding
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
```

## Good
```yaml
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: database}
spec:
  serviceName: database
  selector: {matchLabels: {app: database}}
  template:
    metadata: {labels: {app: database}}
    spec:
      securityContext: {runAsUser: 1000, fsGroup: 1000}
      containers: [{name: database, image: "shop/database:1.4.2", volumeMounts: [{name: data, mountPath: /data}]}]
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
---
apiVersion: v1
kind: Pod
metadata: {name: prepared}
spec:
  initContainers:
    - name: chown
      image: busybox:1.36
      command: [chown, -R, "1000", /data]
      securityContext: {runAsUser: 0}
      volumeMounts: [{name: data, mountPath: /data}]
  containers:
    - name: web
      image: shop/web:1.4.2
      securityContext: {runAsUser: 1000}
      volumeMounts: [{name: data, mountPath: /data}]
  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
---
apiVersion: v1
kind: Pod
metadata: {name: reader}
spec:
  containers:
    - name: web
      image: shop/web:1.4.2
      securityContext: {runAsUser: 1000}
      volumeMounts: [{name: data, mountPath: /data, readOnly: true}]
  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS

CLAIMED = frozenset({"persistentVolumeClaim", "volumeClaimTemplate", "ephemeral"})


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    symptoms=["(mkdir|open|touch|chown).*[Pp]ermission denied"],
)
def check(pod: Pod) -> Iterator[Fail]:
    if pod.security("fsGroup").present or pod.windows:
        return
    for container in pod.running:
        user = container.security("runAsUser").number
        if not user or container.security("runAsGroup").number == 0:
            continue
        for mount in _writable(container):
            if not _prepared(pod, mount.at("name").text or ""):
                yield Fail(
                    mount, f"user {user:g} may not write to a new volume", expected=f"fsGroup: {user:g} in the pod's securityContext"
                )


def _writable(container: Container) -> Iterator[Node]:
    """The mounts of claimed volumes that are not only read."""
    for mount in container.mounts():
        volume = container.pod.volume(mount.at("name").text or "")
        if volume is None or volume.kind not in CLAIMED or mount.at("readOnly").flag or volume.source.at("readOnly").flag:
            continue
        yield mount


def _prepared(pod: Pod, name: str) -> bool:
    """Whether another container mounts the volume before, and may change whom it belongs to."""
    first = (it for it in pod.containers if it not in pod.running)
    return any(mount.at("name").text == name for container in first for mount in container.mounts())
