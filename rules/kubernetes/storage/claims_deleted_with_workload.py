"""The volumes of a StatefulSet are deleted when it is scaled down or deleted.

## Why it matters
`persistentVolumeClaimRetentionPolicy` with `Delete` removes the claims of the pods that go. Scaling from three to one for a night, or
deleting the StatefulSet to change a field that cannot be changed in place, deletes the data.

## Five whys
1. Why is the data of two replicas gone? Their claims were deleted.
2. Why? The StatefulSet was scaled from three to one.
3. Why did that delete claims? `whenScaled` is `Delete`.
4. Why was it written? Claims of test environments were to be cleaned up, and production has the same chart.

## Fix now
`kubectl patch statefulset NAME --type=merge -p
'{"spec":{"persistentVolumeClaimRetentionPolicy":{"whenScaled":"Retain","whenDeleted":"Retain"}}}'`; what is deleted may still be there as
a volume if its reclaim policy was `Retain`: `kubectl get pv | grep Released`.

## Workaround
`kubectl patch pv PV -p '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}'` for each volume keeps the disks when the claims go.

## Prevent
Leave the field out (`Retain` is the default), and set `Delete` in the values of test environments only.

## Validate
`kubectl get statefulset NAME -o jsonpath='{.spec.persistentVolumeClaimRetentionPolicy}'`.

## Bad
```yaml
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: database}
spec:
  serviceName: database
  persistentVolumeClaimRetentionPolicy:
    whenDeleted: Retain
    whenScaled: Delete # finding
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
```

## Good
```yaml
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: database}
spec:
  serviceName: database
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: without-volumes}
spec:
  serviceName: without-volumes
  persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(target="StatefulSet", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(workload: Node) -> Iterator[Fail]:
    if workload.at("spec.volumeClaimTemplates").missing:
        return
    for field, event in (("whenScaled", "scaled down"), ("whenDeleted", "deleted")):
        policy = workload.at(f"spec.persistentVolumeClaimRetentionPolicy.{field}")
        if policy.text == "Delete":
            yield Fail(policy, f"when the StatefulSet is {event}, the claims go with their data", expected="Retain")
