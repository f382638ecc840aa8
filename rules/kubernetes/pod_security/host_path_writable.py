"""A pod can write to a folder of its node.

## Why it matters
A writable `hostPath` outlives the pod: the next pod on the node finds what the last one left, also a link that points
elsewhere; the disk fills without any limit or quota that Kubernetes knows; and the data is on one node only, so a pod that
moves starts empty.

## Five whys
1. Why did the node get DiskPressure and evict everything? `/data` on it was full.
2. Why did no limit stop that? `hostPath` counts for no ephemeral-storage limit.
3. Why is data there? The pod writes its cache to a folder of the node.
4. Why not to a volume? It was meant for one node and for one week.

## Fix now
Use a PersistentVolumeClaim for data that must stay, an `emptyDir` with `sizeLimit` for data that need not. For files that are
only read, `readOnly: true` on the mount.

## Workaround
Watch the folder's size on the nodes (`node_filesystem_avail_bytes`) and clean it with a job.

## Prevent
`pod-security.kubernetes.io/enforce: baseline` refuses `hostPath`.

## Validate
`kubectl get pod POD -o json | jq '.spec.volumes[] | select(.hostPath)'` prints nothing.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: cache}
spec:
  selector: {matchLabels: {app: cache}}
  template:
    metadata: {labels: {app: cache}}
    spec:
      containers:
        - name: cache
          image: shop/cache:1.0.0
          volumeMounts: [{name: data, mountPath: /data}]
      volumes:
        - name: data
          hostPath:
            path: /data/cache # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: cache}
spec:
  selector: {matchLabels: {app: cache}}
  template:
    metadata: {labels: {app: cache}}
    spec:
      containers:
        - name: cache
          image: shop/cache:1.0.0
          volumeMounts: [{name: data, mountPath: /data}, {name: logs, mountPath: /logs, readOnly: true}]
      volumes:
        - {name: data, emptyDir: {sizeLimit: 2Gi}}
        - {name: logs, hostPath: {path: /data/logs}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.host_path import HostPath, host_paths
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=host_paths,
    severity=Severity.LOW,
    aliases="KSV-0023 AVD-KSV-0023 kube-linter:writable-host-mount polaris:hostPathSet kubescape:alert-any-hostpath C-0048"
    " kubescape:alert-rw-hostpath C-0045",
)
def check(place: HostPath) -> Iterator[Fail]:
    if not place.sensitive and not place.socket and place.writable:
        message = f"the pod can write to {place.path} of its node" if place.path != "/" else "the pod can write to its node"
        yield Fail(place.where, message, expected="a claim, an emptyDir, or readOnly: true", related=(place.writable,))
