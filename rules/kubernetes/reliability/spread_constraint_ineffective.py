"""A topology spread constraint does not look at the pods that carry it.

## Why it matters
The constraint counts the pods that its `labelSelector` selects. When these are not the pods themselves, each of them is placed by how
others are spread: all replicas may land on one node, and with `DoNotSchedule` they may wait for room that never comes.

## Five whys
1. Why do all replicas run on one node, though there is a constraint? It counts no pod.
2. Why not? Its selector asks for `app: shop-web`, and the pods carry `app: shop`.
3. Why do they differ? The labels were renamed, and the copy inside the constraint was not.

## Fix now
Write the labels of the template into the selector, and apply: the rollout places the new pods evenly.

## Workaround
`kubectl cordon NODE`, delete a pod of it, `kubectl uncordon NODE`.

## Prevent
One template fragment for labels and selectors; `matchLabelKeys: [pod-template-hash]` for what differs with each release.

## Validate
`kubectl get pods -l LABELS_OF_THE_SELECTOR` lists the pods of the workload.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers: [{name: shop, image: "shop/web:1.4.2"}]
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels: {app: shop-web} # finding
        - maxSkew: 1 # finding
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: ScheduleAnyway
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop, release: "7"}}
    spec:
      containers: [{name: shop, image: "shop/web:1.4.2"}]
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector: {matchLabels: {app: shop}}
          matchLabelKeys: [pod-template-hash]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.selector import label_selector
from auditor.views.kubernetes.spread import spread_constraints
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=pods, severity=Severity.MEDIUM, aliases="kube-score:pod-topology-spread-constraints")
def check(pod: Pod) -> Iterator[Fail]:
    for constraint in spread_constraints(pod):
        if not isinstance(constraint.where.value, dict) or constraint.covers_own:
            continue
        selector = constraint.selector
        if selector.missing:
            yield Fail(selector, "without a labelSelector it counts no pod", expected="the labels of the pods", actual="none")
        else:
            yield Fail(selector, "its labelSelector does not select the pods that carry it", actual=label_selector(selector).show())
