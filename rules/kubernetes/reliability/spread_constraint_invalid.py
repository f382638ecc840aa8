"""A topology spread constraint has a value that the API server refuses.

## Why it matters
`maxSkew` and `minDomains` must be at least 1, `minDomains` goes with `DoNotSchedule` only, `whenUnsatisfiable` is one of two words, and
`topologyKey` is required. The object is refused, and the release does not happen.

## Five whys
1. Why was the release not applied? The server refused the pod template.
2. Why? `topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero`.
3. Why 0? "No skew" was meant; but 1 is the smallest difference that can always be reached.

## Fix now
Correct the value (`maxSkew: 1`, `whenUnsatisfiable: ScheduleAnyway` or `DoNotSchedule`) and apply again.

## Workaround
Remove the constraint; the pods are then spread as the scheduler likes.

## Prevent
`kubectl apply --dry-run=server` in the pipeline.

## Validate
`kubectl apply --dry-run=server -f FILE` takes it.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers: [{name: web, image: "shop/web:1.4.2"}]
  topologySpreadConstraints:
    - maxSkew: 0 # finding
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: Sometimes # finding
      labelSelector: {matchLabels: {app: web}}
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers: [{name: web, image: "shop/web:1.4.2"}]
  topologySpreadConstraints:
    - {maxSkew: 1, minDomains: 3, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: DoNotSchedule,
       labelSelector: {matchLabels: {app: web}}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.spread import spread_constraints
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="kube-score:pod-topology-spread-constraints",
    symptoms=["topologySpreadConstraints\\[\\d+\\]\\.\\w+: (Invalid|Required|Unsupported) value"],
)
def check(pod: Pod) -> Iterator[Fail]:
    for constraint in spread_constraints(pod):
        if isinstance(constraint.where.value, dict):
            yield from _faults(constraint.where)


def _faults(constraint: Node) -> Iterator[Fail]:
    for name in ("maxSkew", "minDomains"):
        node = constraint.at(name)
        if node.present and (node.number is None or node.number < 1):
            yield Fail(node, f"{name} has to be at least 1", expected="at least 1")
    unsatisfied = constraint.at("whenUnsatisfiable")
    if unsatisfied.text not in ("DoNotSchedule", "ScheduleAnyway"):
        yield Fail(unsatisfied, "whenUnsatisfiable has to be said", expected="DoNotSchedule or ScheduleAnyway")
    elif unsatisfied.text == "ScheduleAnyway" and constraint.at("minDomains").present:
        yield Fail(constraint.at("minDomains"), "minDomains goes with DoNotSchedule only", expected="no minDomains")
    if not constraint.at("topologyKey").text:
        yield Fail(constraint.at("topologyKey"), "topologyKey has to be said", expected="kubernetes.io/hostname")
