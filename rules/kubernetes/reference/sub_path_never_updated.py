"""A file of a ConfigMap or Secret is mounted in a way that never changes.

## Why it matters
Mounted ConfigMaps and Secrets follow their object within a minute or two. A mount with `subPath` does not: the container keeps the file
that it was started with, so a renewed certificate or a changed setting is not seen until the pod is replaced.

## Five whys
1. Why did the certificate expire although it was renewed? The container still had the old file.
2. Why? It is mounted with `subPath`, and such files are not updated.
3. Why `subPath`? To put one file into a folder that the image fills.

## Fix now
`kubectl rollout restart deployment/NAME` now; then mount the whole volume into a folder of its own, and point the application at it.

## Workaround
Restart on a schedule shorter than the certificate's life.

## Prevent
A checksum annotation of the object in the pod template, so that a change rolls the pods.

## Validate
Change a key, wait two minutes, and `kubectl exec POD -- cat /path/file` shows the change.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: shop/web:1.4.2
      volumeMounts:
        - name: files
          mountPath: /etc/web/app.conf
          subPath: app.conf # finding
  volumes: [{name: files, configMap: {name: web}}]
```

## Good
A checksum in the annotations rolls the pods with every change.

```yaml
apiVersion: v1
kind: Pod
metadata: {name: web, annotations: {checksum/config: 4f9c0a}}
spec:
  containers:
    - name: web
      image: shop/web:1.4.2
      volumeMounts: [{name: files, mountPath: /etc/web/app.conf, subPath: app.conf}, {name: data, mountPath: /data, subPath: web}]
  volumes: [{name: files, configMap: {name: web}}, {name: data, emptyDir: {}}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.config_rollout import is_rolled
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=pods, severity=Severity.INFO, confidence=Confidence.FIRM)
def check(pod: Pod, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if pod.ends or is_rolled(pod):
        return
    for container in pod.running:
        for mount in container.mounts():
            volume = pod.volume(mount.at("name").text or "")
            if volume is not None and volume.kind in ("configMap", "secret") and mount.at("subPath").present:
                yield Fail(mount.at("subPath"), f"the file of the volume {volume.name} never changes while the pod lives", "no subPath")
