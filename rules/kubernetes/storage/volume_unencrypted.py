"""Disks are made without encryption.

## Why it matters
Unless the account encrypts new EBS volumes by default, a class without `encrypted: "true"` makes disks and snapshots in plain text. A
snapshot that is shared by mistake can then be read by whoever gets it, and an auditor finds personal data at rest without encryption.

## Five whys
1. Why could the snapshot be read in another account? It was not encrypted.
2. Why not? Its disk was not.
3. Why? The StorageClass does not ask for it, and the default of the account is off.
4. Why does the class not ask? The driver's example does not either.

## Fix now
Turn on the account's default: `aws ec2 enable-ebs-encryption-by-default`. Existing disks: make a snapshot, copy it with `--encrypted`,
restore.

## Workaround
Do not share snapshots of these volumes: `aws ec2 describe-snapshot-attribute --snapshot-id ID --attribute createVolumePermission`.

## Prevent
`parameters: {encrypted: "true", kmsKeyId: ARN}` in every class of EBS disks.

## Validate
`aws ec2 describe-volumes --filters Name=encrypted,Values=false Name=tag-key,Values=kubernetes.io/created-for/pvc/name --query
'Volumes[].VolumeId'` is empty.

## Bad
```yaml
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast} # finding
provisioner: ebs.csi.aws.com
parameters: {type: gp3}
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: data}
spec:
  storageClassName: fast # finding
  csi: {driver: ebs.csi.aws.com, volumeHandle: vol-0a1b2c}
```

## Good
```yaml
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast}
provisioner: ebs.csi.aws.com
parameters: {type: gp3, encrypted: "true"}
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: google}
provisioner: pd.csi.storage.gke.io
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: data}
spec:
  storageClassName: fast
  csi: {driver: ebs.csi.aws.com, volumeHandle: vol-0a1b2c}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.claim import storage_class
from auditor.views.kubernetes.provisioner import EBS


@rule(
    target="StorageClass PersistentVolume",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    aliases="kubescape:pv-without-encryption C-0264",
)
def check(place: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if resource.kind == "StorageClass":
        encrypted = place.at("parameters.encrypted")
        if _plain(place):
            where = encrypted if encrypted.present else place.at("metadata")
            yield Fail(
                where,
                "its disks are not encrypted, unless the account does so by default",
                expected='encrypted: "true"',
                actual=encrypted.text or "not set",
            )
        return
    found = storage_class(place, resource, graph)
    for storage in found.targets if found is not None else ():
        if _plain(storage.body):
            where = place.at("spec.storageClassName")
            yield Fail(
                where, "its StorageClass does not encrypt disks", expected='encrypted: "true" there', related=(storage.at("metadata"),)
            )


def _plain(storage: Node) -> bool:
    """Whether a class makes disks that are not encrypted by themselves."""
    return storage.at("provisioner").text in EBS and storage.at("parameters.encrypted").flag is not True
