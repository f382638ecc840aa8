"""A container has no liveness probe.

## Why it matters
A process that hangs (a deadlock, an exhausted pool that never recovers) stays hung until a person restarts it. A process that crashes
needs no liveness probe: the kubelet restarts it anyway. A probe that is too strict does more harm than none; that is why this is advice.

## Five whys
1. Why did the pod serve nothing for six hours? Its worker threads waited for each other.
2. Why was it not restarted? Its process was alive.
3. Why did nothing notice? The kubelet only looks at the process unless it is told what to ask.
4. Why was it not told? Whether the application can deadlock was never asked.

## Fix now
`kubectl delete pod POD` replaces the hung one.

## Workaround
None is needed for programs that exit when they cannot go on.

## Prevent
For programs that can hang: a `livenessProbe` on an endpoint that asks nothing but the process itself, with `failureThreshold: 6` and a
`startupProbe` for the start.

## Validate
`kubectl exec POD -- kill -STOP 1` (in a test cluster) leads to a restart within `periodSeconds` times `failureThreshold`.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web # finding
          image: shop/web:1.4.2
          readinessProbe: {httpGet: {path: /ready, port: 8080}}
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
          livenessProbe: {httpGet: {path: /alive, port: 8080}, failureThreshold: 6}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          containers: [{name: report, image: "shop/report:1.0.0"}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import running_containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=running_containers,
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="CKV_K8S_8 kube-linter:no-liveness-probe polaris:livenessProbeMissing kubescape:configured-liveness-probe C-0056",
)
def check(container: Container) -> Iterator[Fail]:
    probe = container.where.at("livenessProbe")
    if not container.pod.ends and probe.missing:
        yield Fail(probe, f"{container.name or 'the container'} has no liveness probe: a hung process is not restarted", actual="none")
