"""A PodDisruptionBudget counts pods without a scale, so it allows nothing.

## Why it matters
With `maxUnavailable` or a percentage the controller needs to know how many pods there should be, and asks the controller of each pod. A
Job has no scale: then the budget fails to synchronise and allows zero disruptions, for its pods and for all others that it selects, as
long as the Job is there, finished or not. Bare pods have no controller at all: a budget of theirs expects no pod, and allows no
disruption either.

## Five whys
1. Why does the drain hang on the web pods? Their budget allows no disruption.
2. Why, with three healthy pods and `maxUnavailable: 1`? Its state is `SyncFailed`.
3. Why? It also selects the pod of the migration job, which has no scale.
4. Why does it? The job carries the label `app: web`, like everything in the chart.

## Fix now
Narrow the selector to the workload: `kubectl patch pdb NAME --type=merge -p
'{"spec":{"selector":{"matchLabels":{"app":"web","component":"server"}}}}'`; or delete the finished Job.

## Workaround
An integer in `minAvailable` works for pods without a controller.

## Prevent
Give each workload a `component` label of its own, and let selectors ask for it.

## Validate
`kubectl get pdb NAME -o jsonpath='{.status.conditions[?(@.type=="DisruptionAllowed")].reason}'` prints `SufficientPods`.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web, component: server}}
  template:
    metadata: {labels: {app: web, component: server}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2"}]}
---
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  template:
    metadata: {labels: {app: web}}
    spec: {restartPolicy: Never, containers: [{name: migrate, image: "shop/web:1.4.2"}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec:
  maxUnavailable: 1 # finding
  selector: {matchLabels: {app: web}}
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: alone, labels: {app: alone}}
spec: {containers: [{name: alone, image: "shop/alone:1.4.2"}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: alone}
spec:
  minAvailable: 1
  selector: {matchLabels: {app: alone}}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: set}
spec:
  replicas: 3
  selector: {matchLabels: {app: set}}
  template:
    metadata: {labels: {app: set}}
    spec: {containers: [{name: set, image: "shop/set:1.4.2"}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: set}
spec:
  minAvailable: 50%
  selector: {matchLabels: {app: set}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.disruption import is_percentage, pods_selected
from auditor.views.kubernetes.owner import is_owned
from auditor.views.kubernetes.pod import Pod


@rule(
    target="PodDisruptionBudget",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[
        "CalculateExpectedPodCountFailed",
        "found no controllers for pod",
        "does not implement the scale subresource",
        "UnmanagedPods",
    ],
)
def check(budget: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    unavailable, available = budget.at("spec.maxUnavailable"), budget.at("spec.minAvailable")
    if unavailable.missing and not is_percentage(available):
        return
    pods = pods_selected(resource, graph)
    bare = [pod for pod in pods if pod.resource.kind == "Pod" and not is_owned(pod.resource)]
    culprits = [pod for pod in pods if pod.ends] or (bare if len(bare) == len(pods) else [])
    for pod in culprits:
        if not _passing(pod):
            message = f"it selects the pods of {pod.resource.address.text}, which have no scale: nothing may be evicted"
            expected = "a selector without them, or an integer minAvailable"
            bound = available if unavailable.missing else unavailable
            yield Fail(bound, message, expected=expected, related=(pod.template.at("metadata.labels"),))
            return


def _passing(pod: Pod) -> bool:
    """Whether a chart makes the pods for a test, or deletes them as soon as they have ended."""
    annotations = pod.resource.at("metadata.annotations")
    hook, ends = (annotations.at(f'["helm.sh/{key}"]').text or "" for key in ("hook", "hook-delete-policy"))
    return "test" in hook or "hook-succeeded" in ends
