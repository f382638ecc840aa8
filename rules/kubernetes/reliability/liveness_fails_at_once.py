"""One failed liveness probe restarts the container.

## Why it matters
A single lost packet, a garbage collection or a busy node is then enough to kill a healthy process with all its requests. When a node is
busy it hits many pods at the same time, and their starts keep the node busy.

## Five whys
1. Why were twelve pods restarted at 02:10? Each failed one liveness probe.
2. Why did they fail? The node was busy with a backup for three seconds.
3. Why was one failure enough? `failureThreshold` is 1.
4. Why 1? A quick reaction was wanted, and readiness would have been the place for it.

## Fix now
`kubectl patch deploy NAME --type=json -p
'[{"op":"replace","path":"/spec/template/spec/containers/0/livenessProbe/failureThreshold","value":3}]'`.

## Workaround
Raise `timeoutSeconds` to 5 until the change is rolled out.

## Prevent
Readiness reacts quickly, liveness slowly: at least three failures.

## Validate
`kubectl get pods -o custom-columns=N:.metadata.name,R:.status.containerStatuses[0].restartCount` stays the same over the next backup.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: shop/web:1.4.2
      livenessProbe:
        httpGet: {path: /alive, port: 8080}
        failureThreshold: 1 # finding
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: shop/web:1.4.2
      livenessProbe: {httpGet: {path: /alive, port: 8080}}
      readinessProbe: {httpGet: {path: /ready, port: 8080}, failureThreshold: 1}
    - name: lazy
      image: shop/lazy:1.4.2
      livenessProbe: {httpGet: {path: /alive, port: 8081}, failureThreshold: 1, periodSeconds: 60, timeoutSeconds: 30}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import running_containers
from auditor.views.kubernetes.workload import KINDS

PATIENT = 15
"""Seconds that one question may wait: from there on a single failure is no accident."""


@rule(
    target=KINDS,
    each=running_containers,
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    symptoms=["failed liveness probe, will be restarted"],
)
def check(container: Container) -> Iterator[Fail]:
    probe = container.probe("liveness")
    if probe is None:
        return
    threshold = probe.where.at("failureThreshold")
    if threshold.number == 1 and probe.number("timeoutSeconds") < PATIENT:
        yield Fail(threshold, "one failed liveness probe restarts the container", expected="at least 3")
