"""Disks are made in a zone before it is known where the pod can run.

## Why it matters
With the binding mode `Immediate` (the default) the disk is made as soon as the claim is, in any zone. A pod that may not run in that zone
(node selector, affinity, no room) is never scheduled: "volume node affinity conflict".

## Five whys
1. Why is the pod pending? No node fits: "1 node(s) had volume node affinity conflict".
2. Why? Its disk is in zone c, and its node pool is in a and b.
3. Why was it made in c? The zone was chosen before the pod was scheduled.
4. Why before? The StorageClass does not say `WaitForFirstConsumer`.

## Fix now
If the disk is empty: delete claim and pod, and let both be made again with a class that waits. If it holds data: move it by a snapshot
into the right zone.

## Workaround
Add a node in the zone of the disk: `kubectl get pv PV -o jsonpath='{.spec.nodeAffinity}'` names it.

## Prevent
`volumeBindingMode: WaitForFirstConsumer` in every class of disks that belong to a zone or a node.

## Validate
`kubectl get storageclass -o custom-columns=N:.metadata.name,B:.volumeBindingMode`.

## Bad
```yaml
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast} # finding
provisioner: ebs.csi.aws.com
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: local}
provisioner: kubernetes.io/no-provisioner
volumeBindingMode: Immediate # finding
```

## Good
```yaml
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast}
provisioner: ebs.csi.aws.com
volumeBindingMode: WaitForFirstConsumer
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: files}
provisioner: efs.csi.aws.com
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: one-zone}
provisioner: pd.csi.storage.gke.io
allowedTopologies:
  - matchLabelExpressions: [{key: topology.gke.io/zone, values: [europe-west3-a]}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.kubernetes.provisioner import LOCAL, ZONAL


@rule(
    target="StorageClass",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=["volume node affinity conflict", "had no available volume zone"],
)
def check(storage: Node) -> Iterator[Fail]:
    if storage.at("provisioner").text not in ZONAL | LOCAL:
        return
    mode = storage.at("volumeBindingMode")
    if (mode.text or "Immediate") == "Immediate" and storage.at("allowedTopologies").missing:
        where = mode if mode.present else storage.at("metadata")
        message = "a disk is made in some zone or on some node before its pod is scheduled"
        yield Fail(where, message, expected="volumeBindingMode: WaitForFirstConsumer", actual=mode.text or "Immediate, the default")
