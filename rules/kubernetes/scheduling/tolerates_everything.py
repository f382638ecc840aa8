"""A pod tolerates every taint.

## Why it matters
A toleration with `operator: Exists` and no key matches all taints: the pod may be placed on control-plane nodes, on expensive GPU nodes,
on a node that is being drained or has no network, and with `NoExecute` it is not moved away from a dead one. Only agents that must run
on each node, DaemonSets, have a reason for it.

## Five whys
1. Why did a web pod run next to etcd? It was scheduled on a control-plane node.
2. Why? It tolerates all taints, that of the control plane included.
3. Why? The toleration was copied from a log agent to get around one taint.

## Fix now
Replace it by the one that is needed: `{key: dedicated, operator: Equal, value: batch, effect: NoSchedule}`.

## Workaround
`kubectl delete pod POD` after `kubectl cordon NODE` puts it on another node.

## Prevent
The admission plugin `PodTolerationRestriction`, or a policy that refuses keyless tolerations outside of `kube-system`.

## Validate
`kubectl get pods -o wide` shows none of them on control-plane nodes.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers: [{name: web, image: "shop/web:1.4.2"}]
      tolerations:
        - operator: Exists # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  template:
    spec:
      containers: [{name: agent, image: "shop/agent:0.9.0"}]
      tolerations: [{operator: Exists}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers: [{name: web, image: "shop/web:1.4.2"}]
      tolerations:
        - {key: dedicated, operator: Exists, effect: NoSchedule}
---
apiVersion: v1
kind: Pod
metadata: {name: etcd-node-1, namespace: kube-system}
spec:
  containers: [{name: etcd, image: "shop/etcd:3.5.12"}]
  tolerations: [{effect: NoExecute, operator: Exists}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods


@rule(
    target="Deployment StatefulSet ReplicaSet ReplicationController Job CronJob Pod Rollout DeploymentConfig CloneSet AdvancedStatefulSet",
    each=pods,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
)
def check(pod: Pod) -> Iterator[Fail]:
    if pod.namespace == "kube-system":
        return
    for it in pod.where.each("tolerations"):
        if it.at("operator").text == "Exists" and not it.at("key").text and it.at("effect").text in (None, "", "NoSchedule"):
            yield Fail(
                it, "the pod tolerates every taint, that of the control plane included", expected="the key of the taint that is meant"
            )
