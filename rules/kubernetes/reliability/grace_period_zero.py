"""Pods are killed without any time to stop.

## Why it matters
With `terminationGracePeriodSeconds: 0` the pod is removed from the API at once and its process is killed: no stop signal, no hook, open
requests are cut off. For a StatefulSet a second pod with the same name and volume may start while the first still writes: that is how
data is lost.

## Five whys
1. Why were orders lost with the release? The process was killed while it wrote them.
2. Why did it not finish? It had no second to do so.
3. Why not? The grace period is 0.
4. Why was it set? Deleting pods was slow in development.

## Fix now
`kubectl patch deploy NAME -p '{"spec":{"template":{"spec":{"terminationGracePeriodSeconds":30}}}}'`.

## Workaround
Delete pods with `kubectl delete pod POD --grace-period=30`.

## Prevent
In development, make the program end on SIGTERM; a process that ignores it as PID 1 (a shell without `exec`) is what makes deleting slow.

## Validate
`kubectl get pods -o custom-columns=N:.metadata.name,G:.spec.terminationGracePeriodSeconds` shows no 0.

## Bad
```yaml
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: database}
spec:
  serviceName: database
  selector: {matchLabels: {app: database}}
  template:
    metadata: {labels: {app: database}}
    spec:
      terminationGracePeriodSeconds: 0 # finding
      containers: [{name: database, image: "postgres:16"}]
```

## Good
```yaml
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: database}
spec:
  serviceName: database
  selector: {matchLabels: {app: database}}
  template:
    metadata: {labels: {app: database}}
    spec:
      containers: [{name: database, image: "postgres:16"}]
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: pause}
spec:
  selector: {matchLabels: {app: pause}}
  template:
    metadata: {labels: {app: pause}}
    spec:
      terminationGracePeriodSeconds: 0
      containers: [{name: pause, image: "registry.k8s.io/pause:3.10"}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import SERVING


@rule(target=SERVING, each=pods, severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(pod: Pod) -> Iterator[Fail]:
    period = pod.where.at("terminationGracePeriodSeconds")
    if period.number == 0 and not all(_is_pause(it.image.repository if it.image else "") for it in pod.running):
        yield Fail(period, "the process is killed without a signal to stop", expected="30, the default")


def _is_pause(repository: str) -> bool:
    return repository.rpartition("/")[2].startswith("pause")
