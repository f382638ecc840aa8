"""A CronJob that runs several times an hour lets its runs overlap.

## Why it matters
When one run takes longer than the time to the next (a slow database, a full queue), the next one starts beside it, then a third. They
work on the same data, hold the same locks, make each other slower, and fill the nodes.

## Five whys
1. Why were 60 pods of the sync job running? Each minute added one, and none ended.
2. Why did none end? They waited for each other's locks.
3. Why were they started? `concurrencyPolicy` is not written, and the default is `Allow`.
4. Why did the first one take longer than a minute? The other side was slow; that is what has to be expected.

## Fix now
`kubectl patch cronjob NAME -p '{"spec":{"concurrencyPolicy":"Forbid"}}'`, then `kubectl delete jobs -l JOB_LABEL`.

## Workaround
Suspend it until the pile is gone: `kubectl patch cronjob NAME -p '{"spec":{"suspend":true}}'`.

## Prevent
`concurrencyPolicy: Forbid` (or `Replace`), or an `activeDeadlineSeconds` for the job that is shorter than the time between two runs.

## Validate
`kubectl get cronjob NAME` never shows more than 1 below `ACTIVE`.

## Bad
```yaml
apiVersion: batch/v1
kind: CronJob
metadata: {name: sync}
spec:
  schedule: "*/5 * * * *" # finding
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: sync, image: "shop/sync:1.4.2"}]}}}}
```

## Good
```yaml
apiVersion: batch/v1
kind: CronJob
metadata: {name: sync}
spec:
  schedule: "*/5 * * * *"
  concurrencyPolicy: Forbid
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: sync, image: "shop/sync:1.4.2"}]}}}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: bounded}
spec:
  schedule: "0,30 * * * *"
  jobTemplate:
    spec:
      activeDeadlineSeconds: 600
      template: {spec: {restartPolicy: Never, containers: [{name: sync, image: "shop/sync:1.4.2"}]}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec:
  schedule: 0 3 * * *
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: sync, image: "shop/sync:1.4.2"}]}}}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.schedule import parse


@rule(target="CronJob", severity=Severity.LOW, confidence=Confidence.LIKELY)
def check(job: Node) -> Iterator[Fail]:
    policy = job.at("spec.concurrencyPolicy")
    gap = parse(job.at("spec.schedule").text or "").gap_in_hour
    if not gap or (policy.text or "Allow") != "Allow":
        return
    ends = (job.at(f"spec.jobTemplate.spec.{path}").number for path in ("activeDeadlineSeconds", "template.spec.activeDeadlineSeconds"))
    if not any(seconds is not None and seconds <= gap * 60 for seconds in ends):
        message = f"a run that takes more than {gap} minute{'s' if gap > 1 else ''} has the next one beside it"
        yield Fail(policy, message, expected="concurrencyPolicy: Forbid", actual=policy.text or "Allow, the default")
