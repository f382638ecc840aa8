"""A pod has a volume that no container mounts.

## Why it matters
The volume is fetched all the same: a missing Secret or a busy disk behind it keeps the pod from starting, for nothing. Often the mount
was forgotten, and the application writes its data into the container, where a restart deletes it.

## Five whys
1. Why was the data gone after the restart? It was written into the container's own file system.
2. Is there no volume? There is one; no container mounts it.
3. Why not? The mount was lost when the container was renamed.

## Fix now
Add the `volumeMounts` entry, or remove the volume.

## Workaround
Copy out what has to survive: `kubectl cp POD:/data ./data`.

## Prevent
Write volume and mount in one change.

## Validate
`kubectl exec POD -- mount` shows the path.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: "shop/web:1.4.2"}]
  volumes:
    - name: data # finding
      persistentVolumeClaim: {claimName: data}
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  initContainers: [{name: fill, image: "shop/fill:1.0.0", volumeMounts: [{name: data, mountPath: /data}]}]
  containers: [{name: web, image: "shop/web:1.4.2", volumeDevices: [{name: disk, devicePath: /dev/sdx}]}]
  volumes: [{name: data, emptyDir: {}}, {name: disk, persistentVolumeClaim: {claimName: disk}}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=pods, severity=Severity.LOW, confidence=Confidence.FIRM)
def check(pod: Pod, resource: Resource, graph: Graph) -> Iterator[Fail]:
    used: set[str | None] = set()
    for container in pod.containers:
        used.update(mount.at("name").text for mount in container.mounts())
        used.update(device.at("name").text for device in container.where.each("volumeDevices"))
    for volume in pod.volumes:
        if volume.name and volume.name not in used and volume.kind != "volumeClaimTemplate":
            yield Fail(volume.where.at("name"), f"no container mounts the volume {volume.name}", "a mount", volume.name)
