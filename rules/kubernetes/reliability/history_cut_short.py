"""The Jobs of a CronJob are deleted before the CronJob counts them.

## Why it matters
A CronJob keeps its last Jobs by itself (`successfulJobsHistoryLimit`, `failedJobsHistoryLimit`). With `ttlSecondsAfterFinished` in the
template the failed ones are gone as well, with their logs, before anybody looks in the morning.

## Five whys
1. Why is there no log of last night's failure? Its Job is deleted.
2. Why, with `failedJobsHistoryLimit: 3`? The template also sets a time to live, and that was over.
3. Why are there two? The Job was written for a pipeline first, and then put into a CronJob.

## Fix now
`kubectl patch cronjob NAME --type=json -p '[{"op":"remove","path":"/spec/jobTemplate/spec/ttlSecondsAfterFinished"}]'`.

## Workaround
Read the log from the place to which logs are shipped.

## Prevent
History limits for CronJobs, time to live for Jobs that stand alone.

## Validate
`kubectl get jobs` shows the last failed run on the next day.

## Bad
```yaml
apiVersion: batch/v1
kind: CronJob
metadata: {name: backup}
spec:
  schedule: 0 3 * * *
  jobTemplate:
    spec:
      ttlSecondsAfterFinished: 600 # finding
      template: {spec: {restartPolicy: Never, containers: [{name: backup, image: "shop/backup:1.4.2"}]}}
```

## Good
```yaml
apiVersion: batch/v1
kind: CronJob
metadata: {name: backup}
spec:
  schedule: 0 3 * * *
  failedJobsHistoryLimit: 3
  jobTemplate:
    spec:
      template: {spec: {restartPolicy: Never, containers: [{name: backup, image: "shop/backup:1.4.2"}]}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(target="CronJob", severity=Severity.INFO, confidence=Confidence.FIRM, aliases="kube-linter:job-ttl-seconds-after-finished")
def check(job: Node) -> Iterator[Fail]:
    lifetime = job.at("spec.jobTemplate.spec.ttlSecondsAfterFinished")
    if lifetime.present:
        yield Fail(lifetime, "failed runs are gone before the history limit keeps them", expected="failedJobsHistoryLimit alone")
