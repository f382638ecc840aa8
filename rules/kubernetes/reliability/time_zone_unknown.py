"""A CronJob names a time zone that does not exist.

## Why it matters
The API server refuses the object, or the controller skips every run and writes the event `UnknownTimeZone`. Nothing else tells that the
job does not run.

## Five whys
1. Why did the report not run? The controller does not know its time zone.
2. Why not? `Europe/Berlim` is none.
3. Why was it stored? The server had the zone's data of another version, or the object was restored from a backup.

## Fix now
`kubectl patch cronjob NAME -p '{"spec":{"timeZone":"Europe/Berlin"}}'`, and `kubectl create job --from=cronjob/NAME NAME-now` for the
missed run.

## Workaround
`timeZone: Etc/UTC` and the hour in UTC.

## Prevent
Names from the time zone database (`Area/City`), never abbreviations such as `CEST`.

## Validate
`kubectl describe cronjob NAME` has no event `UnknownTimeZone`.

## Bad
```yaml
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: 0 3 * * *
  timeZone: CEST # finding
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: report, image: "shop/report:1.4.2"}]}}}}
```

## Good
```yaml
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: 0 3 * * *
  timeZone: America/Argentina/Buenos_Aires
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: report, image: "shop/report:1.4.2"}]}}}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.schedule import time_zones


@rule(target="CronJob", severity=Severity.HIGH, confidence=Confidence.FIRM, symptoms=["UnknownTimeZone", "unknown time zone"])
def check(job: Node) -> Iterator[Fail]:
    zone = job.at("spec.timeZone")
    name = zone.text
    if name is not None and name not in time_zones():
        yield Fail(zone, f"there is no time zone {name}: it never runs", expected="a name such as Europe/Berlin")
