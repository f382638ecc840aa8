"""Several replicas use one volume that only one node can attach.

## Why it matters
A `ReadWriteOnce` volume is attached to one node. Replicas that land on another node wait for ever in ContainerCreating with "Multi-Attach
error"; those on the same node write to the same files without knowing of each other, which is how databases are destroyed.

## Five whys
1. Why does the second pod not start? Its volume is attached to another node.
2. Why is it the same volume as the first pod's? All pods of a Deployment use the one claim that the template names.
3. Why is the volume for one node only? The claim asks for `ReadWriteOnce`, which is all that block storage gives.
4. Why was it scaled to two? The number of replicas was raised for availability, without a look at the volume.

## Fix now
`kubectl scale deploy/NAME --replicas=1`. If both have written already, stop both and check the data before one is started again.

## Workaround
A required pod affinity puts all replicas on one node; that solves the attachment, not the common files.

## Prevent
A StatefulSet with `volumeClaimTemplates` gives each replica a volume of its own; shared files need `ReadWriteMany` storage (NFS, EFS,
Filestore).

## Validate
`kubectl get pods -o wide` shows all pods running, and `kubectl get events --field-selector reason=FailedAttachVolume` is empty.

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
  replicas: 2
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
spec: {accessModes: [ReadWriteMany], resources: {requests: {storage: 10Gi}}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: cache}
spec: {accessModes: [ReadWriteOnce], storageClassName: local-path, resources: {requests: {storage: 10Gi}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: files}
spec:
  replicas: 2
  selector: {matchLabels: {app: files}}
  template:
    metadata: {labels: {app: files}}
    spec:
      containers: [{name: files, image: "shop/files:1.4.2"}]
      volumes:
        - {name: data, persistentVolumeClaim: {claimName: data}}
        - {name: cache, persistentVolumeClaim: {claimName: cache}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: database}
spec:
  serviceName: database
  replicas: 3
  selector: {matchLabels: {app: database}}
  template:
    metadata: {labels: {app: database}}
    spec: {containers: [{name: database, image: "postgres:16"}]}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.claim import exclusive_claims
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.scaler import most


@rule(
    target="Deployment StatefulSet ReplicaSet ReplicationController Rollout DeploymentConfig CloneSet",
    each=pods,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=["Multi-Attach error for volume", "Volume is already (exclusively attached to one node|used by pod)", "FailedAttachVolume"],
)
def check(pod: Pod) -> Iterator[Fail]:
    replicas = most(pod.resource, pod.graph) or 0
    for volume in exclusive_claims(pod) if replicas > 1 else ():
        message = f"{replicas} pods share the claim {volume.where.text}, which is {volume.mode}"
        expected = "one replica, ReadWriteMany, or a StatefulSet with volumeClaimTemplates"
        yield Fail(volume.where, message, expected=expected, related=(volume.claim.at("spec.accessModes"),))
