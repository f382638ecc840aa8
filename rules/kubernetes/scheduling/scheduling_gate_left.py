"""A pod waits at a gate that somebody has to open.

## Why it matters
A pod with `schedulingGates` is not looked at by the scheduler (`SchedulingGated`) until a controller removes the gates. In a manifest that
controller has to run in every cluster where it is applied; without it no pod ever starts, and there is no event that says why.

## Five whys
1. Why is the pod in `SchedulingGated` for an hour? Its gate was not removed.
2. Why not? The quota controller that removes it is not installed in this cluster.
3. Why is the gate in the manifest? It was written by hand, where an admission webhook should add it.

## Fix now
`kubectl patch pod POD --type=json -p '[{"op":"remove","path":"/spec/schedulingGates"}]'`, and remove the gates from the template.

## Workaround
Install the controller that the gate is named after.

## Prevent
Let the webhook of that controller add the gates.

## Validate
`kubectl get pods` shows no `SchedulingGated`.

## Bad
```yaml
apiVersion: batch/v1
kind: Job
metadata: {name: train}
spec:
  template:
    spec:
      schedulingGates:
        - name: shop.example/quota # finding
      containers: [{name: train, image: "shop/train:5.0.0"}]
```

## Good
```yaml
apiVersion: batch/v1
kind: Job
metadata: {name: train}
spec:
  template:
    spec:
      containers: [{name: train, image: "shop/train:5.0.0"}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.hygiene import is_record
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    symptoms=["SchedulingGated"],
)
def check(pod: Pod) -> Iterator[Fail]:
    for gate in pod.where.each("schedulingGates"):
        if (name := gate.at("name").text) and not is_record(pod.resource):
            yield Fail(gate, f"the pods wait until something removes the gate {name}")
