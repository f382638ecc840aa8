"""Pods mount a claim of storage.

## Why it matters
Data outlives the pods: what an intruder writes there is read by the next ones, and what the application stored can be read. It is listed so
that the way from a broken application to its data is known.

## Five whys
1. Why was the malware back after the pod was replaced? It lay on the volume.
2. Why there? The container may write to the claim that all replicas mount.

## Fix now
Nothing, where the data is needed. Mount it `readOnly: true` in containers that only read.

## Workaround
Scan the volume, or restore a snapshot of before.

## Prevent
One claim for each workload; no shared claims across trust boundaries.

## Validate
`kubectl get pods -n NAMESPACE -o json | jq '.items[].spec.volumes[]?.persistentVolumeClaim.claimName'` lists who mounts what.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: shop/web:1.4.2
      volumeMounts:
        - name: data # finding
          mountPath: /data
  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: "shop/web:1.4.2", volumeMounts: [{name: scratch, mountPath: /data}]}]
  volumes: [{name: scratch, emptyDir: {}}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.lookup import look_up
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=containers, severity=Severity.INFO, aliases="kubescape:workload-mounted-pvc C-0257")
def check(container: Container, resource: Resource, graph: Graph) -> Iterator[Fail]:
    pod = container.pod
    for mount in container.mounts():
        volume = pod.volume(mount.at("name").text or "")
        name = volume.source.at("claimName").text if volume is not None and volume.kind == "persistentVolumeClaim" else None
        if name and look_up(graph, resource, "PersistentVolumeClaim", name, pod.namespace).targets:
            yield Fail(mount.at("name"), f"the container mounts the PersistentVolumeClaim {name}", "only what it needs")
