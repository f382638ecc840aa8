"""The schedule of a CronJob cannot be read.

## Why it matters
The API server refuses the object; one that was stored by an older version never runs, and the controller only writes an event about it.
Backups and clean-ups that were counted on do not happen.

## Five whys
1. Why is there no backup of this week? The CronJob was never made.
2. Why not? Its schedule is not one: "Expected exactly 5 fields, found 6".
3. Why six? It was copied from a scheduler that has seconds.
4. Why was it not seen? The pipeline applied twenty objects, and the error stood among their messages.

## Fix now
Write five fields (minute, hour, day, month, weekday 0-6 from Sunday) and apply again: `kubectl create job --from=cronjob/NAME NAME-now`
makes up for the missed run.

## Workaround
Run it by hand: `kubectl create job NAME-now --image=IMAGE -- COMMAND`.

## Prevent
`kubectl apply --dry-run=server` in the pipeline.

## Validate
`kubectl get cronjob NAME` shows the schedule, and `LAST SCHEDULE` after its first time.

## Bad
```yaml
apiVersion: batch/v1
kind: CronJob
metadata: {name: backup}
spec:
  schedule: "0 30 3 * * *" # finding
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: backup, image: "shop/backup:1.4.2"}]}}}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: weekly}
spec:
  schedule: "0 3 * * 7" # finding
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: backup, image: "shop/backup:1.4.2"}]}}}}
```

## Good
```yaml
apiVersion: batch/v1
kind: CronJob
metadata: {name: backup}
spec:
  schedule: "30 3 * * MON-FRI"
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: backup, image: "shop/backup:1.4.2"}]}}}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: hourly}
spec:
  schedule: "@every 1h30m"
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: backup, image: "shop/backup:1.4.2"}]}}}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.schedule import parse


@rule(
    target="CronJob",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=["spec.schedule: Invalid value", "UnparseableSchedule", "unparseable schedule", "InvalidSchedule"],
)
def check(job: Node) -> Iterator[Fail]:
    schedule = job.at("spec.schedule")
    text = schedule.text
    fault = parse(text).fault if text is not None else ""
    if fault:
        yield Fail(schedule, f"it never runs: {fault}", expected="minute hour day month weekday")
