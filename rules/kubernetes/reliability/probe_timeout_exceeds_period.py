"""A probe may wait longer for its answer than the time to the next probe.

## Why it matters
Probes of one container run one after the other, so a slow answer delays the next question: a failure is noticed after `timeoutSeconds`
times `failureThreshold`, not after the `periodSeconds` that the author counted with. A hung pod goes on getting requests meanwhile.

## Five whys
1. Why did the pod get requests for a minute and a half after it hung? Readiness needed three failures of 30 s.
2. Why 30 s, though it is asked each 10 s? A question waits 30 s for its answer, and the next one waits for it.
3. Why so long? The timeout was raised because the endpoint was slow, and the period was forgotten.

## Fix now
Set `timeoutSeconds` below `periodSeconds`: `kubectl patch deploy NAME --type=json -p
'[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/timeoutSeconds","value":5}]'`.

## Workaround
Raise `periodSeconds` above the timeout and lower `failureThreshold`, so that the sum stays.

## Prevent
Make the endpoint cheap: it should answer in milliseconds, from memory.

## Validate
`kubectl get deploy NAME -o jsonpath='{.spec.template.spec.containers[*].readinessProbe}'` shows a timeout below the period.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: shop/web:1.4.2
      readinessProbe:
        httpGet: {path: /ready, port: 8080}
        timeoutSeconds: 30 # finding
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
      readinessProbe: {httpGet: {path: /ready, port: 8080}, timeoutSeconds: 5}
      livenessProbe: {httpGet: {path: /alive, port: 8080}, timeoutSeconds: 10, periodSeconds: 10}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import running_containers
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=running_containers, severity=Severity.LOW, confidence=Confidence.FIRM)
def check(container: Container) -> Iterator[Fail]:
    for probe in container.probes:
        timeout, period = probe.number("timeoutSeconds"), probe.number("periodSeconds")
        if timeout > period:
            where = probe.where.at("timeoutSeconds")
            message = f"the {probe.kind} probe waits {timeout:g} s for an answer and is due again after {period:g} s"
            yield Fail(where, message, expected=f"at most {period:g}")
