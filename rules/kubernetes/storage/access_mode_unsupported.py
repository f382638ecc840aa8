"""A claim asks for a volume of many writers from a class that has none.

## Why it matters
Block storage is attached to one node. A claim for `ReadWriteMany` on such a class is never bound, or is bound and the second node cannot
attach it; its pods stay pending.

## Five whys
1. Why are the pods pending? Their claim is not bound.
2. Why not? The driver refuses it: a disk cannot be mounted read-write on several nodes.
3. Why was it asked for? Several replicas share uploads.
4. Why is the class one of disks? It is the default of the cluster.

## Fix now
Make the claim again with a class of files (EFS, Filestore, Azure Files, NFS), `kubectl delete pvc NAME` first: a claim's class cannot be
changed.

## Workaround
One replica and `ReadWriteOnce`.

## Prevent
Object storage for uploads; file storage where a file system is needed.

## Validate
`kubectl get pvc NAME` shows `Bound` and `RWX`.

## Bad
```yaml
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast}
provisioner: ebs.csi.aws.com
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: uploads}
spec:
  storageClassName: fast
  accessModes:
    - ReadWriteMany # finding
  resources: {requests: {storage: 10Gi}}
```

## Good
```yaml
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: files}
provisioner: efs.csi.aws.com
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast}
provisioner: ebs.csi.aws.com
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: uploads}
spec: {storageClassName: files, accessModes: [ReadWriteMany], resources: {requests: {storage: 10Gi}}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: raw}
spec: {storageClassName: fast, volumeMode: Block, accessModes: [ReadWriteMany], resources: {requests: {storage: 10Gi}}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.claim import storage_class
from auditor.views.kubernetes.provisioner import ZONAL


@rule(
    target="PersistentVolumeClaim",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=["ProvisioningFailed.*(MULTI_NODE_MULTI_WRITER|AccessMode|access mode)", "Volume capabilities .* not supported"],
)
def check(claim: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    mode = next((item for item in claim.each("spec.accessModes") if item.text == "ReadWriteMany"), None)
    if mode is None or claim.at("spec.volumeMode").text == "Block" or claim.at("spec.volumeName").present:
        return
    found = storage_class(claim, resource, graph)
    for storage in found.targets if found is not None else ():
        provisioner = storage.at("provisioner")
        if provisioner.text in ZONAL:
            message = f"{provisioner.text} makes disks for one node at a time: the claim is never of use"
            yield Fail(mode, message, expected="ReadWriteOnce, or a class of files", related=(provisioner,))
