"""Pods are spread by a label that nodes do not carry.

## Why it matters
Nodes without the key are no domains: a spread constraint with `DoNotSchedule` keeps all pods pending, one with `ScheduleAnyway` and an
anti-affinity have no effect. The name is free text for the API server, and the pods that run on one node look fine until it fails.

## Five whys
1. Why did all replicas run on one node, though there is an anti-affinity? It compares `kubernetes.io/host`.
2. Why does that not separate them? No node has a label of that name.
3. Why not? The label is called `kubernetes.io/hostname`.
4. Why did nothing complain? Any key is valid.

## Fix now
Correct the key (`kubernetes.io/hostname`, `topology.kubernetes.io/zone`, `topology.kubernetes.io/region`) and apply; the rollout spreads
the new pods.

## Workaround
`kubectl label node NODE KEY=VALUE` gives the nodes the key, until the manifest is right.

## Prevent
Copy keys from `kubectl get nodes --show-labels`.

## Validate
`kubectl get nodes -L KEY` shows a value for each node.

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
          topologyKey: topology.kubernetes.io/zones # finding
          whenUnsatisfiable: DoNotSchedule
          labelSelector: {matchLabels: {app: shop}}
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
    metadata: {labels: {app: shop}}
    spec:
      containers: [{name: shop, image: "shop/web:1.4.2"}]
      topologySpreadConstraints:
        - {maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: shop}}}
        - {maxSkew: 1, topologyKey: rack, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {app: shop}}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.spread import topology_keys
from auditor.views.kubernetes.workload import KINDS

KNOWN = frozenset(
    {"kubernetes.io/hostname", "topology.kubernetes.io/zone", "topology.kubernetes.io/region", "kubernetes.io/os", "kubernetes.io/arch"}
)


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=["didn't match pod topology spread constraints \\(missing required label\\)"],
)
def check(pod: Pod) -> Iterator[Fail]:
    for key in topology_keys(pod):
        text = key.text or ""
        domain = text.partition("/")[0] if "/" in text else ""
        if domain in ("kubernetes.io", "topology.kubernetes.io") and text not in KNOWN:
            yield Fail(key, f"Kubernetes gives nodes no label {text}", expected="kubernetes.io/hostname or topology.kubernetes.io/zone")
