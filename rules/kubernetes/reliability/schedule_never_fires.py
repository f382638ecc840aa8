"""The schedule of a CronJob names a day that no month has.

## Why it matters
The schedule is valid, so the API server takes it. But there is no 30th of February: the job never runs, and nothing ever says so.

## Five whys
1. Why did the yearly clean-up never run? Its schedule has no date.
2. Why not? It names the 31st of a month with 30 days.
3. Why? "The last day of the month" was meant, which five fields cannot say.

## Fix now
For the last day of a month, run on days 28-31 and let the job look: `schedule: "0 3 28-31 * *"` and `[ "$(date -d tomorrow +%d)" = 01 ]
|| exit 0`. Make up for the missed run: `kubectl create job --from=cronjob/NAME NAME-now`.

## Workaround
Run it on the first day of the next month.

## Prevent
An alert on `time() - kube_cronjob_status_last_successful_time` for every CronJob that matters.

## Validate
`kubectl get cronjob NAME` shows a `LAST SCHEDULE` after the next date.

## Bad
```yaml
apiVersion: batch/v1
kind: CronJob
metadata: {name: closing}
spec:
  schedule: "0 3 30 2 *" # finding
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: closing, image: "shop/closing:1.4.2"}]}}}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: quarter}
spec:
  schedule: "0 3 31 APR,jun,9,11 ?" # finding
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: closing, image: "shop/closing:1.4.2"}]}}}}
```

## Good
```yaml
apiVersion: batch/v1
kind: CronJob
metadata: {name: closing}
spec:
  schedule: "0 3 29 2 *"
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: closing, image: "shop/closing:1.4.2"}]}}}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: either}
spec:
  schedule: "0 3 30 2 MON" # a day of the week as well: either of them suffices
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: closing, image: "shop/closing:1.4.2"}]}}}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: some}
spec:
  schedule: "0 3 31 3,4 *"
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: closing, image: "shop/closing:1.4.2"}]}}}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.schedule import parse


@rule(target="CronJob", severity=Severity.HIGH, profile=Profile.GATE)
def check(job: Node) -> Iterator[Fail]:
    schedule = job.at("spec.schedule")
    if parse(schedule.text or "").never:
        yield Fail(schedule, "no month that it names has such a day: it never runs", expected="a day that exists")
