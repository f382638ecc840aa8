"""Pods mount a claim that is not there.

## Why it matters
The scheduler leaves the pods `Pending` (`persistentvolumeclaim "data" not found`) for as long as it takes; nothing but an event says so.

## Five whys
1. Why is the pod Pending? Its claim does not exist.
2. Why not? It is called `data-web` there, or lies in another namespace; a claim is found in the pod's own only.
3. Why did the old pod run? Its node had the volume mounted; the claim was deleted after it had started.

## Fix now
Apply the claim or correct `claimName` (`kubectl get pvc -n NAMESPACE`). If the claim was deleted and the volume kept (`Retain`), a new
claim with `volumeName` takes it over once `claimRef` of the volume is cleared.

## Workaround
An `emptyDir` lets an application start that can do without its data.

## Prevent
Let a StatefulSet make the claims (`volumeClaimTemplates`); keep the claim next to the Deployment otherwise.

## Validate
`kubectl get pvc NAME -n NAMESPACE` prints `Bound`, and the pod is scheduled.

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
      containers: [{name: web, image: "shop/web:1.4.2"}]
      volumes:
        - name: data
          persistentVolumeClaim:
            claimName: data # finding
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: web-data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
```

## Good
```yaml
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  serviceName: web
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "shop/web:1.4.2"}]
      volumes: [{name: shared, persistentVolumeClaim: {claimName: web-data}}]
  volumeClaimTemplates: [{metadata: {name: own}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: web-data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.claim import claimed, look_up_claim
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r'persistentvolumeclaim "[^"]+" not found'],
)
def check(pod: Pod, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for _, name in claimed(pod):
        found = look_up_claim(name, pod)
        if found is not None and found.decided(resource).missing and not is_of_a_set(pod, name.text or ""):
            message = f"the pods mount {found.says(f'the claim {name.text}')}"
            yield Fail(name, message, "a claim that exists", name.text or "")


def is_of_a_set(pod: Pod, name: str) -> bool:
    """Whether a StatefulSet of the bundle makes the claim: `<template>-<set>-<number>`."""
    for owner in pod.graph.of("StatefulSet"):
        for claim in owner.each("spec.volumeClaimTemplates"):
            stem = f"{claim.at('metadata.name').text}-{owner.at('metadata.name').text}-"
            if name.startswith(stem) and name.removeprefix(stem).isdigit():
                return True
    return False
