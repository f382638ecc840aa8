"""A pod asks for nodes that cannot exist.

## Why it matters
`nodeSelector` and each term of the required node affinity have to hold together. When they ask for different values of one label,
no node ever fits: `0/12 nodes are available: 12 node(s) didn't match Pod's node affinity/selector`, and no autoscaler adds one either.

## Five whys
1. Why are the pods pending since the migration to arm64? No node matches.
2. Why, with twelve arm64 nodes? The node selector still asks for amd64.
3. Why was that not seen? The affinity was added in an overlay, the selector stands in the base.

## Fix now
Remove one of both: `kubectl patch deployment NAME --type=json -p '[{"op":"remove","path":"/spec/template/spec/nodeSelector"}]'`.

## Workaround
`kubectl rollout undo deployment/NAME`.

## Prevent
Use one of the two in a code base; affinity can say all that a selector can.

## Validate
`kubectl get nodes -l KEY=VALUE` lists nodes for the combination that is left.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      nodeSelector: {kubernetes.io/arch: amd64}
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms:
              - matchExpressions:
                  - {key: kubernetes.io/arch, operator: In, values: [arm64]} # finding
              - matchExpressions:
                  - {key: disk, operator: In, values: [ssd]}
                  - {key: disk, operator: DoesNotExist}
      containers: [{name: web, image: "shop/web:1.4.2"}]
```

## Good
One term that can hold is enough.
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      nodeSelector: {kubernetes.io/arch: amd64}
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms:
              - matchExpressions:
                  - {key: kubernetes.io/arch, operator: In, values: [arm64]}
              - matchExpressions:
                  - {key: kubernetes.io/arch, operator: In, values: [amd64, arm64]}
                  - {key: disk, operator: Exists}
          preferredDuringSchedulingIgnoredDuringExecution:
            - {weight: 1, preference: {matchExpressions: [{key: kubernetes.io/arch, operator: In, values: [arm64]}]}}
      containers: [{name: web, image: "shop/web:1.4.2"}]
```
"""

from collections.abc import Iterator, Mapping

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.kubernetes.node_fit import Expression, terms, wanted
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=pods, severity=Severity.HIGH, symptoms=["didn't match Pod's node affinity/selector"])
def check(pod: Pod) -> Iterator[Fail]:
    labels = wanted(pod).known
    clashes = [_clash(term, labels) for term in terms(pod)]
    found = [clash for clash in clashes if clash is not None]
    if found and len(found) == len(clashes):
        yield Fail(found[0], "no node can satisfy the node selector and the required affinity together", related=tuple(found[1:]))


def _clash(term: tuple[Expression, ...], labels: Mapping[str, str]) -> Node | None:
    """The requirement of a term that cannot hold together with the labels, or with an earlier requirement."""
    open_values: dict[str, frozenset[str]] = {}
    absent: set[str] = set()
    for it in term:
        if it.key in labels and not it.allows(labels[it.key]):
            return it.where
        if it.operator == "DoesNotExist":
            absent.add(it.key)
        elif it.operator in ("In", "Exists", "Gt", "Lt"):
            values = frozenset(it.values) if it.operator == "In" else None
            if values is not None:
                open_values[it.key] = values & open_values.get(it.key, values)
        if it.key in absent and (it.key in open_values or it.key in labels):
            return it.where
        if it.operator == "NotIn" and it.key in open_values:
            open_values[it.key] -= frozenset(it.values)
        if it.key in open_values and not open_values[it.key]:
            return it.where
    return None
