"""A container mounts a part of a volume by subPath.

## Why it matters
On kubelets before 1.22.2 a `subPath` in a volume that the container can write to escapes: the container swaps the folder for
a link and is given any path of the node (CVE-2021-25741). Current kubelets are safe; there `subPath` only means that updates
of a ConfigMap never arrive.

## Five whys
1. Why could the container read the node's disk? It mounted a link as a `subPath`.
2. Why did the kubelet follow the link? Its version is older than 1.22.2.
3. Why is it? The node pool was never upgraded.

## Fix now
Upgrade the nodes; `kubectl get nodes` shows their versions. Mount the volume as a whole where you can.

## Workaround
`readOnly: true` on the volume for every container that has the `subPath`.

## Prevent
Keep nodes within the three supported minor versions.

## Validate
`kubectl get nodes -o custom-columns=NAME:.metadata.name,V:.status.nodeInfo.kubeletVersion` shows 1.22.2 or later for all.

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
      containers:
        - name: web
          image: shop/web:1.4.2
          volumeMounts:
            - {name: data, mountPath: /data, subPath: web} # finding
      volumes:
        - {name: data, emptyDir: {}}
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
      containers:
        - name: web
          image: shop/web:1.4.2
          volumeMounts: [{name: data, mountPath: /data}]
      volumes:
        - {name: data, emptyDir: {}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="kubescape:Symlink-Exchange-Can-Allow-Host-Filesystem-Access C-0058",
)
def check(container: Container) -> Iterator[Fail]:
    for mount in container.mounts():
        where = mount.at("subPath")
        if where.text:
            yield Fail(where, "the container mounts a part of a volume by subPath, which kubelets before 1.22.2 let escape")
