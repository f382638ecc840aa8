"""The volumes of a StorageClass cannot be made larger.

## Why it matters
A full disk is an outage that a larger claim repairs in a minute, if the class has `allowVolumeExpansion: true`. Else the claim is
refused, and the data has to be copied to a new volume while the service is down.

## Five whys
1. Why did the repair take three hours? The data was copied to a larger disk.
2. Why was the disk not grown? "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support
   resize".
3. Why does it not? `allowVolumeExpansion` is not written, which means no.

## Fix now
`kubectl patch storageclass NAME -p '{"allowVolumeExpansion":true}'`, then
`kubectl patch pvc CLAIM -p '{"spec":{"resources":{"requests":{"storage":"200Gi"}}}}'`: the class may be changed in place.

## Workaround
Delete what can be deleted on the volume: `kubectl exec POD -- df -h /data`.

## Prevent
`allowVolumeExpansion: true` in every class whose driver can do it.

## Validate
`kubectl get storageclass NAME` shows `ALLOWVOLUMEEXPANSION true`.

## Bad
```yaml
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast} # finding
provisioner: ebs.csi.aws.com
```

## Good
```yaml
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast}
provisioner: ebs.csi.aws.com
allowVolumeExpansion: true
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: local}
provisioner: kubernetes.io/no-provisioner
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: special}
provisioner: example.com/special
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.kubernetes.provisioner import ZONAL


@rule(
    target="StorageClass",
    severity=Severity.LOW,
    symptoms=["the storageclass that provisions the pvc must support resize", "No space left on device"],
)
def check(storage: Node) -> Iterator[Fail]:
    growth = storage.at("allowVolumeExpansion")
    if storage.at("provisioner").text in ZONAL and growth.flag is not True:
        where = growth if growth.present else storage.at("metadata")
        yield Fail(
            where,
            "a full disk of this class cannot be grown",
            expected="allowVolumeExpansion: true",
            actual=growth.text or "not set, which means no",
        )
