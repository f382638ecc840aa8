"""A volume uses a plugin that Kubernetes no longer has.

## Why it matters
The plugin was taken out of Kubernetes, and nothing serves such volumes in its place. The API server still takes the object; the pod stays
in ContainerCreating for ever.

## Five whys
1. Why does the pod not start after the upgrade? Its volume is not mounted.
2. Why not? "no volume plugin matched".
3. Why? The plugin was removed in this version of Kubernetes.
4. Why did the upgrade go on? The manifests were not checked against the new version.

## Fix now
Make a volume with the CSI driver of the same storage (for Ceph: `rbd.csi.ceph.com`, `cephfs.csi.ceph.com`) that points at the same data,
and mount that.

## Workaround
Mount the storage on the nodes and use a `local` volume, or an NFS export of it.

## Prevent
Run this check with the version that the next upgrade brings (`kubernetes.version` in the configuration) before the upgrade.

## Validate
`kubectl get events --field-selector reason=FailedMount` is empty.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: "shop/web:1.4.2"}]
  volumes:
    - name: data
      glusterfs: {endpoints: gluster, path: data} # finding
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: ceph}
provisioner: kubernetes.io/rbd # finding
```

## Good
```yaml
apiVersion: v1
kind: PersistentVolume
metadata: {name: data}
spec:
  csi: {driver: rbd.csi.ceph.com, volumeHandle: "0001"}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: "shop/web:1.4.2"}]
  volumes: [{name: data, nfs: {server: nfs.example.com, path: /data}}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.lifecycle import target_version
from auditor.views.kubernetes.provisioner import REMOVED
from auditor.views.kubernetes.volume import sources_of
from auditor.views.kubernetes.workload import KINDS


@rule(target=f"{KINDS} PersistentVolume StorageClass", severity=Severity.HIGH, symptoms=["no volume plugin matched", "FailedMount"])
def check(place: Node, resource: Resource) -> Iterator[Fail]:
    version = target_version(resource)
    for where, source in sources_of(resource):
        gone = REMOVED.get(source)
        if gone is not None and where.present and version >= gone:
            message = f"Kubernetes has no plugin for {source} since {gone[0]}.{gone[1]}: the volume is never mounted"
            yield Fail(where, message, expected="a volume of a CSI driver", actual=source)
