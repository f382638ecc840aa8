"""The disks behind a StatefulSet are deleted as soon as their claims are.

## Why it matters
A StorageClass that does not say otherwise has the reclaim policy `Delete`: whoever deletes a claim, or its namespace, deletes the disk at
the cloud provider, without a way back but a backup.

## Five whys
1. Why is the database's disk gone? Its claim was deleted with the namespace.
2. Why was the disk deleted with it? The reclaim policy of its StorageClass is `Delete`.
3. Why? Nothing is written there, and that is the default.
4. Why did nobody see it? The default is the opposite of the one of a volume that is made by hand.

## Fix now
For the volumes that there are: `kubectl patch pv PV -p '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}'`. The field of a
StorageClass cannot be changed: make it again.

## Workaround
Snapshots: `kubectl get volumesnapshots` shows which claims have one.

## Prevent
A class `retain` for databases with `reclaimPolicy: Retain`, and an alert on volumes that are `Released`.

## Validate
`kubectl get pv -o custom-columns=N:.metadata.name,P:.spec.persistentVolumeReclaimPolicy` shows `Retain` for the data.

## Bad
```yaml
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast} # finding
provisioner: ebs.csi.aws.com
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: database}
spec:
  serviceName: database
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {storageClassName: fast, accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
```

## Good
```yaml
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast}
provisioner: ebs.csi.aws.com
reclaimPolicy: Retain
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: scratch}
provisioner: ebs.csi.aws.com
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: database}
spec:
  serviceName: database
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {storageClassName: fast, accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.claim import stateful_users


@rule(target="StorageClass", severity=Severity.LOW, confidence=Confidence.LIKELY)
def check(storage: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    policy = storage.at("reclaimPolicy")
    if (policy.text or "Delete") != "Delete":
        return
    for claim, owner in stateful_users(resource, graph):
        where = policy if policy.present else storage.at("metadata")
        message = f"the disks of {owner.address.text} are deleted with their claims"
        yield Fail(where, message, expected="reclaimPolicy: Retain", actual=policy.text or "Delete, the default", related=(claim,))
        return
