"""A pod forbids the autoscaler of the nodes to move it.

## Why it matters
A node with one such pod is never removed, however empty it is, and with Karpenter it is not even replaced when its image expires. For a
database that is meant; on a stateless workload it quietly pins one node for each replica.

## Five whys
1. Why do nine nodes run at 8 % each? The autoscaler may not empty them.
2. Why not? On each of them is a pod with `safe-to-evict: "false"`.
3. Why has it that? The annotation was copied from the database's chart.

## Fix now
Remove the annotation from the template and roll out; the nodes go within minutes.

## Workaround
`kubectl drain NODE --ignore-daemonsets --delete-emptydir-data`: the annotation binds only the autoscaler.

## Prevent
Protect by a PodDisruptionBudget: it lets pods move one by one.

## Validate
`kubectl get configmap cluster-autoscaler-status -n kube-system -o yaml` lists the nodes as candidates.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    metadata:
      annotations:
        cluster-autoscaler.kubernetes.io/safe-to-evict: "false" # finding
    spec:
      containers: [{name: web, image: "shop/web:1.4.2"}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  template:
    metadata:
      annotations:
        karpenter.sh/do-not-disrupt: "true" # finding
    spec:
      containers: [{name: api, image: "shop/api:1.4.2"}]
```

## Good
A job that must not be interrupted ends by itself, and the pods of a DaemonSet never keep a node.
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    metadata: {annotations: {cluster-autoscaler.kubernetes.io/safe-to-evict: "true"}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2"}]}
---
apiVersion: batch/v1
kind: Job
metadata: {name: train}
spec:
  template:
    metadata: {annotations: {karpenter.sh/do-not-disrupt: "true"}}
    spec: {containers: [{name: train, image: "shop/train:5.0.0"}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods

FORBIDS = {
    "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
    "karpenter.sh/do-not-disrupt": "true",
    "karpenter.sh/do-not-evict": "true",
}


@rule(
    target="Deployment StatefulSet ReplicaSet ReplicationController Rollout DeploymentConfig CloneSet AdvancedStatefulSet Pod",
    each=pods,
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    symptoms=["node .* cannot be removed", "DisruptionBlocked"],
)
def check(pod: Pod) -> Iterator[Fail]:
    for key, value in FORBIDS.items():
        annotation = pod.annotation(key)
        if annotation.text == value:
            yield Fail(annotation, f"{key} keeps each node with such a pod for ever")
