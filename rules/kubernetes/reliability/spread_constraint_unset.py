"""Pods have no topology spread constraint.

## Why it matters
With one replica, or with an anti-affinity, nothing is wrong today. A spread constraint also says how evenly zones are used, and stays
right when the number of replicas grows beyond the number of nodes, where an anti-affinity says nothing more.

## Five whys
1. Why did a zone's failure take away four of five pods? They ran in it.
2. Why? The anti-affinity keeps pods on different nodes, and most nodes were in that zone.
3. Why was the zone not spoken of? No spread constraint was written.

## Fix now
Look at the zones: `kubectl get pods -l app=NAME -o wide` and `kubectl get nodes -L topology.kubernetes.io/zone`.

## Workaround
None is needed with one replica.

## Prevent
A constraint with `topologyKey: topology.kubernetes.io/zone` and `whenUnsatisfiable: ScheduleAnyway` in the template for new services.

## Validate
`kubectl get deploy NAME -o jsonpath='{.spec.template.spec.topologySpreadConstraints}'` is not empty.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: once}
spec:
  selector: {matchLabels: {app: once}}
  template:
    metadata: {labels: {app: once}}
    spec:
      containers: [{name: once, image: "shop/once:1.4.2"}] # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: once}
spec:
  selector: {matchLabels: {app: once}}
  template:
    metadata: {labels: {app: once}}
    spec:
      containers: [{name: once, image: "shop/once:1.4.2"}]
      topologySpreadConstraints:
        - {maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway,
           labelSelector: {matchLabels: {app: once}}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.replica import fewest_pods
from auditor.views.kubernetes.spread import keeps_apart


@rule(
    target="Pod Deployment StatefulSet DeploymentConfig Rollout CloneSet AdvancedStatefulSet",
    each=pods,
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="polaris:topologySpreadConstraint",
)
def check(pod: Pod) -> Iterator[Fail]:
    if pod.where.at("topologySpreadConstraints").present:
        return
    least = 1 if pod.resource.kind == "Pod" else fewest_pods(pod.resource, pod.graph)
    if least is not None and (least < 2 or keeps_apart(pod)):
        yield Fail(pod.where, "no topology spread constraint says how zones are used", expected="topologySpreadConstraints")
