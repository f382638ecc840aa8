"""A pod in kube-system without a disruption budget keeps its node.

## Why it matters
The cluster autoscaler does not evict pods of `kube-system` unless a PodDisruptionBudget says that they may go. One such Deployment on each
node, and no node is ever removed.

## Five whys
1. Why does the cluster not shrink? `non-daemonset, non-mirrored, kube-system pod present`.
2. Why does the autoscaler not move that pod? It has no PodDisruptionBudget, so it might be the only one of its kind.
3. Why is there none? The add-on was installed without one.

## Fix now
`kubectl create poddisruptionbudget NAME -n kube-system --selector=app=NAME --max-unavailable=1`.

## Workaround
Annotate the template: `cluster-autoscaler.kubernetes.io/safe-to-evict: "true"`.

## Prevent
Install add-ons in namespaces of their own.

## Validate
`kubectl get pdb -n kube-system` shows ALLOWED DISRUPTIONS above 0.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: dns-autoscaler, namespace: kube-system} # finding
spec:
  selector: {matchLabels: {app: dns-autoscaler}}
  template:
    metadata: {labels: {app: dns-autoscaler}}
    spec: {containers: [{name: main, image: "shop/dns-autoscaler:1.8.9"}]}
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: dns-autoscaler, namespace: kube-system}
spec:
  selector: {matchLabels: {app: dns-autoscaler}}
  template:
    metadata: {labels: {app: dns-autoscaler}}
    spec: {containers: [{name: main, image: "shop/dns-autoscaler:1.8.9"}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: dns-autoscaler, namespace: kube-system}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: dns-autoscaler}}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent, namespace: kube-system}
spec:
  template:
    spec: {containers: [{name: agent, image: "shop/agent:0.9.0"}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.disruption import selector_of
from auditor.views.kubernetes.namespace import may_be_same, namespace_of
from auditor.views.kubernetes.pod import Pod, pods


@rule(
    target="Deployment StatefulSet ReplicaSet ReplicationController",
    each=pods,
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    symptoms=["kube-system pod present"],
)
def check(pod: Pod) -> Iterator[Fail]:
    if (
        pod.namespace == "kube-system"
        and pod.annotation("cluster-autoscaler.kubernetes.io/safe-to-evict").missing
        and not _is_protected(pod)
    ):
        yield Fail(pod.resource.at("metadata"), "without a PodDisruptionBudget each node with such a pod is kept")


def _is_protected(pod: Pod) -> bool:
    for budget in pod.graph.of("PodDisruptionBudget"):
        if budget.root == pod.resource.root and may_be_same(pod.namespace, namespace_of(budget)):
            selector = selector_of(budget)
            if selector is not None and selector.matches(pod.labels):
                return True
    return False
