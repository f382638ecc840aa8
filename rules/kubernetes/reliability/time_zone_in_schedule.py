"""The schedule of a CronJob begins with a time zone.

## Why it matters
`TZ=` and `CRON_TZ=` inside the schedule were never supported; since version 1.29 the API server refuses them. An update of the object
fails, or the object that an older version stored cannot be changed any more.

## Five whys
1. Why can the CronJob not be updated? The server refuses its schedule.
2. Why? "cannot use TZ or CRON_TZ in schedule, use timeZone field instead".
3. Why does it stand there? The library behind the controller understood it, and there was no field for it before 1.25.

## Fix now
Move it: `schedule: "0 3 * * *"` and `timeZone: Europe/Berlin`; then `kubectl apply -f FILE`.

## Workaround
Leave the zone out and write the hour in UTC, which is the time of most control planes.

## Prevent
`spec.timeZone` for every CronJob that has to run at a local time.

## Validate
`kubectl get cronjob NAME -o custom-columns=S:.spec.schedule,Z:.spec.timeZone`.

## Bad
```yaml
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: CRON_TZ=Europe/Berlin 0 3 * * * # finding
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: report, image: "shop/report:1.4.2"}]}}}}
```

## Good
```yaml
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: 0 3 * * *
  timeZone: Europe/Berlin
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: report, image: "shop/report:1.4.2"}]}}}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.schedule import parse


@rule(target="CronJob", severity=Severity.HIGH, profile=Profile.GATE, symptoms=["cannot use TZ or CRON_TZ in schedule"])
def check(job: Node) -> Iterator[Fail]:
    schedule = job.at("spec.schedule")
    if parse(schedule.text or "").zone:
        yield Fail(schedule, "the API server refuses a time zone inside the schedule", expected="the zone in spec.timeZone")
