"""A toleration is written so that the API server refuses it.

## Why it matters
`operator: Exists` with a value, seconds for another effect than `NoExecute`, or no key without `Exists`: each makes the pod invalid. A
Deployment is refused as a whole, and the release stops.

## Five whys
1. Why did the release stop? `tolerations[0].operator: Invalid value: value must be empty when operator is 'Exists'`.
2. Why is there a value? The toleration was `Equal` before, and only the operator was changed.

## Fix now
Leave out the value, or write `operator: Equal`.

## Workaround
Remove the toleration, where the tainted nodes are not needed.

## Prevent
`kubectl apply --dry-run=server` in the pipeline.

## Validate
`kubectl apply --dry-run=server -f FILE`.

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
        - key: dedicated
          operator: Exists
          value: batch # finding
        - key: node.kubernetes.io/not-ready
          operator: Exists
          effect: NoSchedule
          tolerationSeconds: 30 # finding
        - effect: NoSchedule # finding
          value: batch
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers: [{name: web, image: "shop/web:1.4.2"}]
      tolerations:
        - {key: dedicated, value: batch, effect: NoSchedule}
        - {key: node.kubernetes.io/not-ready, operator: Exists, effect: NoExecute, tolerationSeconds: 30}
        - {key: dedicated, operator: Exists, value: ""}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=["value must be empty when `?operator`? is 'Exists'", "effect must be 'NoExecute' when"],
)
def check(pod: Pod) -> Iterator[Fail]:
    for it in pod.where.each("tolerations"):
        yield from _faults(it)


def _faults(it: Node) -> Iterator[Fail]:
    operator, value, seconds = it.at("operator"), it.at("value"), it.at("tolerationSeconds")
    if operator.text == "Exists" and value.text:
        yield Fail(value, "Exists takes no value", expected="no value, or the operator Equal")
    if operator.text != "Exists" and not it.at("key").text and isinstance(it.value, dict):
        yield Fail(it.at("key"), "without a key the operator has to be Exists", expected="a key")
    if seconds.present and it.at("effect").text != "NoExecute":
        yield Fail(seconds, "seconds are only for the effect NoExecute", expected="the effect NoExecute")
