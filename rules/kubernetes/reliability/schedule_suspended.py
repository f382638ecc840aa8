"""A CronJob is suspended in its manifest.

## Why it matters
It does not run until somebody says otherwise. That may be meant; more often it was suspended during an incident, the state was written
back to the repository, and the backup has not run since.

## Five whys
1. Why is the last backup four months old? The CronJob is suspended.
2. Why? It was suspended while the database was moved.
3. Why was it not resumed? The manifest says `suspend: true`, and each deployment brings that back.

## Fix now
`kubectl patch cronjob NAME -p '{"spec":{"suspend":false}}'`, and take the line out of the manifest.

## Workaround
`kubectl create job --from=cronjob/NAME NAME-now` runs it once.

## Prevent
Suspend by command, with an alert on `kube_cronjob_spec_suspend == 1`, never in the repository.

## Validate
`kubectl get cronjob NAME` shows `SUSPEND False`.

## Bad
```yaml
apiVersion: batch/v1
kind: CronJob
metadata: {name: backup}
spec:
  schedule: 0 3 * * *
  suspend: true # finding
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: backup, image: "shop/backup:1.4.2"}]}}}}
```

## Good
```yaml
apiVersion: batch/v1
kind: CronJob
metadata: {name: backup}
spec:
  schedule: 0 3 * * *
  suspend: false
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: backup, image: "shop/backup:1.4.2"}]}}}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(target="CronJob", severity=Severity.INFO, confidence=Confidence.FIRM)
def check(job: Node) -> Iterator[Fail]:
    suspend = job.at("spec.suspend")
    if suspend.flag is True:
        yield Fail(suspend, "it does not run until somebody resumes it", expected="false")
