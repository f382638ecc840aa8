"""A Job that hangs is never ended.

## Why it matters
Neither an `activeDeadlineSeconds` nor a liveness probe ends a container that waits for ever: for a lock, for a peer that is gone. A
CronJob with `concurrencyPolicy: Forbid` then never runs again, and nothing fails, so nothing alerts.

## Five whys
1. Why was there no report since Tuesday? The run of Tuesday is still active.
2. Why does it not end? It waits for a lock that nobody holds any more.
3. Why was it not ended? Nothing says how long it may take.

## Fix now
`kubectl delete job JOB` ends it; the next run starts at its time.

## Workaround
An alert on `time() - kube_job_status_start_time` for active Jobs.

## Prevent
`activeDeadlineSeconds` in the Job's spec: three times what a run usually takes.

## Validate
`kubectl get job JOB -o jsonpath='{.spec.activeDeadlineSeconds}'` prints a number.

## Bad
```yaml
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: 0 3 * * *
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          containers:
            - name: report # finding
              image: shop/report:1.4.2
```

## Good
```yaml
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: 0 3 * * *
  jobTemplate:
    spec:
      activeDeadlineSeconds: 3600
      template: {spec: {restartPolicy: OnFailure, containers: [{name: report, image: "shop/report:1.4.2"}]}}
---
apiVersion: batch/v1
kind: Job
metadata: {name: import}
spec:
  template:
    spec:
      restartPolicy: OnFailure
      containers: [{name: import, image: "shop/import:1.4.2", livenessProbe: {exec: {command: [import, alive]}, timeoutSeconds: 10}}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods


@rule(
    target="Job CronJob",
    each=pods,
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="kubescape:configured-liveness-probe C-0056",
)
def check(pod: Pod) -> Iterator[Fail]:
    job = pod.resource.at("spec.jobTemplate.spec" if pod.resource.kind == "CronJob" else "spec")
    if job.at("activeDeadlineSeconds").present or pod.where.at("activeDeadlineSeconds").present:
        return
    for container in pod.running:
        probe = container.where.at("livenessProbe")
        if probe.missing:
            yield Fail(
                probe, f"nothing ends {container.name or 'the container'} when it hangs", expected="activeDeadlineSeconds", actual="none"
            )
