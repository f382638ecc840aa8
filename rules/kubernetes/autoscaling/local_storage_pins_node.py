"""A scratch volume keeps the autoscaler from removing a node.

## Why it matters
The cluster autoscaler does not evict a pod that has an `emptyDir` on disk or a `hostPath`, since its data would be lost. For a cache or
`/tmp` nothing is lost, and still every node with such a pod stays, half empty. Managed clusters switch this off now and then
(`skip-nodes-with-local-storage: false`); then this advice does not matter.

## Five whys
1. Why does the cluster not shrink at night? The autoscaler says `pod with local storage` for each node.
2. Why is there local storage? The container has an `emptyDir` for `/tmp`.
3. Why does it count as data? Nobody told the autoscaler that it may go.

## Fix now
Annotate the template: `cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes: "tmp"` (a list of volume names), and roll out.

## Workaround
`kubectl drain NODE --ignore-daemonsets --delete-emptydir-data`.

## Prevent
Put the annotation into the chart next to the volume.

## Validate
`kubectl get events -A --field-selector reason=ScaleDown` lists the nodes that go.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers: [{name: web, image: "shop/web:1.4.2"}]
      volumes:
        - name: tmp # finding
          emptyDir: {}
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    metadata: {annotations: {cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes: "tmp,cache"}}
    spec:
      containers: [{name: web, image: "shop/web:1.4.2"}]
      volumes:
        - {name: tmp, emptyDir: {}}
        - {name: cache, emptyDir: {}}
        - {name: shm, emptyDir: {medium: Memory, sizeLimit: 64Mi}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  template:
    spec:
      containers: [{name: agent, image: "shop/agent:0.9.0"}]
      volumes: [{name: tmp, emptyDir: {}}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods

PREFIX = "cluster-autoscaler.kubernetes.io/safe-to-evict"


@rule(
    target="Deployment StatefulSet ReplicaSet ReplicationController Rollout DeploymentConfig CloneSet AdvancedStatefulSet",
    each=pods,
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    symptoms=["pod with local storage present"],
)
def check(pod: Pod) -> Iterator[Fail]:
    if pod.annotation(PREFIX).present:
        return
    spared = {name.strip() for name in (pod.annotation(f"{PREFIX}-local-volumes").text or "").split(",")}
    for volume in pod.volumes:
        local = volume.kind == "hostPath" or (volume.kind == "emptyDir" and volume.source.at("medium").text != "Memory")
        if local and volume.name not in spared:
            yield Fail(volume.where, f"the volume {volume.name} keeps each node with such a pod from being removed")
