"""A claim asks for a StorageClass that is not there.

## Why it matters
The claim stays `Pending` (`storageclass.storage.k8s.io "fast" not found`), and with it the pods that mount it, for ever: nothing falls
back to the default class, and the class of a claim cannot be changed.

## Five whys
1. Why is the pod Pending? Its claim is not bound.
2. Why not? The claim's class does not exist in this cluster.
3. Why not? Its name is that of another provider, or is misspelled.

## Fix now
Make the class under that name, or delete the claim and make it anew with one that exists (`kubectl get storageclass`). For a StatefulSet:
delete it with `--cascade=orphan`, correct `volumeClaimTemplates`, apply it again.

## Workaround
A StorageClass of the missing name with the parameters of another one.

## Prevent
Use class names that mean the same in all clusters (`standard`, `fast`), kept in the cluster's set-up.

## Validate
`kubectl get pvc NAME` prints `Bound`.

## Bad
```yaml
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec:
  storageClassName: fastssd # finding
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 1Gi}}
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast-ssd}
provisioner: ebs.csi.aws.com
```

## Good
An empty name means no class, for volumes that are made by hand.

```yaml
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {storageClassName: fast-ssd, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: by-hand}
spec: {storageClassName: "", volumeName: disk-1, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast-ssd}
provisioner: ebs.csi.aws.com
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.cluster_class import look_up_class


@rule(
    target="PersistentVolumeClaim StatefulSet",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r'storageclass\.storage\.k8s\.io "[^"]+" not found'],
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    claims = [body] if resource.kind == "PersistentVolumeClaim" else list(body.each("spec.volumeClaimTemplates"))
    for claim in claims:
        name = claim.at("spec.storageClassName")
        found = look_up_class(name, "StorageClass", resource, graph)
        static = claim.at("spec.volumeName").present or claim.at("spec.selector").present
        if found is not None and found.missing and not static:
            yield Fail(name, f"the claim asks for {found.says(f'the StorageClass {name.text}')}", "a class that exists", name.text or "")
