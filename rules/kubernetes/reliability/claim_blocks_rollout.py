"""A rolling update starts the new pod while the old one holds the volume.

## Why it matters
The rollout makes the new pod first and ends the old one when the new one is ready. On another node the new one cannot attach the
`ReadWriteOnce` volume, so it is never ready, and the old one is never ended: the release hangs until its deadline. On the same node two
versions write to the same files.

## Five whys
1. Why does the release hang? The new pod is in ContainerCreating: "Multi-Attach error".
2. Why is the volume not free? The old pod still runs.
3. Why is it not ended? The strategy `RollingUpdate` waits until the new pod is ready.
4. Why was that strategy used? It is the default, and with one node in the test cluster it works.

## Fix now
`kubectl patch deploy NAME --type=merge -p '{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}'`; the old pod ends and the new
one starts.

## Workaround
`kubectl scale deploy/NAME --replicas=0`, wait until the pod is gone, then `--replicas=1`.

## Prevent
`strategy: {type: Recreate}` for a Deployment with a `ReadWriteOnce` claim, or a StatefulSet, which ends the old pod first.

## Validate
`kubectl rollout restart deploy/NAME && kubectl rollout status deploy/NAME --timeout=5m` succeeds with the two pods on different nodes.

## Bad
```yaml
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: files}
spec:
  selector: {matchLabels: {app: files}}
  template:
    metadata: {labels: {app: files}}
    spec:
      containers: [{name: files, image: "shop/files:1.4.2"}]
      volumes:
        - name: data
          persistentVolumeClaim:
            claimName: data # finding
```

## Good
```yaml
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: files}
spec:
  strategy: {type: Recreate}
  selector: {matchLabels: {app: files}}
  template:
    metadata: {labels: {app: files}}
    spec:
      containers: [{name: files, image: "shop/files:1.4.2"}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: stops-first}
spec:
  strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}
  selector: {matchLabels: {app: stops-first}}
  template:
    metadata: {labels: {app: stops-first}}
    spec:
      containers: [{name: files, image: "shop/files:1.4.2"}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.claim import exclusive_claims
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.rollout import rollout_of
from auditor.views.kubernetes.scaler import most


@rule(
    target="Deployment DeploymentConfig",
    each=pods,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=["Multi-Attach error for volume", "Volume is already exclusively attached to one node", "ProgressDeadlineExceeded"],
)
def check(pod: Pod) -> Iterator[Fail]:
    rollout = rollout_of(pod.resource)
    if rollout is None or not rollout.rolling or most(pod.resource, pod.graph) != 1 or not rollout.surge_of(1):
        return
    for volume in exclusive_claims(pod):
        message = f"the claim {volume.where.text} is {volume.mode}, and a release starts the new pod before the old one ends"
        related = (volume.claim.at("spec.accessModes"), pod.resource.at("spec.strategy.type"))
        yield Fail(volume.where, message, expected="strategy: Recreate", related=related)
