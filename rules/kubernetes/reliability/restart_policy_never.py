"""A container that fails is not started again in its pod.

## Why it matters
With `restartPolicy: Never` a crash ends the pod. A Job makes a new one, up to its `backoffLimit`; a pod that stands alone stays failed.
For a Job that is often better (each try keeps its own log), so this is advice; a workload that serves may not have it at all.

## Five whys
1. Why did the service not come back after the crash? Its container was not restarted.
2. Why not? The restart policy of the pod is `Never`.
3. Why is it? The pod was made by `kubectl run --restart=Never` and exported.

## Fix now
Remove the line from what serves, and apply it again: `kubectl replace --force -f pod.yaml`.

## Workaround
`kubectl replace --force -f pod.yaml` after each crash.

## Prevent
`OnFailure` for Jobs whose work is idempotent, nothing for everything that serves.

## Validate
`kubectl get pod NAME -o jsonpath='{.spec.restartPolicy}'` prints `Always` or `OnFailure`.

## Bad
```yaml
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  template:
    spec:
      restartPolicy: Never # finding
      containers: [{name: migrate, image: "shop/web:1.4.2"}]
```

## Good
```yaml
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  template:
    spec:
      restartPolicy: OnFailure
      containers: [{name: migrate, image: "shop/web:1.4.2"}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=pods, severity=Severity.INFO, confidence=Confidence.LIKELY, aliases="kube-linter:restart-policy")
def check(pod: Pod) -> Iterator[Fail]:
    policy = pod.where.at("restartPolicy")
    if policy.text == "Never":
        yield Fail(policy, "a container that fails is not started again in its pod", expected="OnFailure, or Always for what serves")
