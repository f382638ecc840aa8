"""A CronJob may start at most a few seconds late, so it may not start at all.

## Why it matters
The controller looks at CronJobs every ten seconds. A run that may start at most `startingDeadlineSeconds` late, with a number below ten,
can be over its deadline before the controller looks: runs are skipped at random.

## Five whys
1. Why did the job run on some days only? On the others its start was skipped as too late.
2. Why too late? It may be five seconds late, and the controller came by after eight.
3. Why five? "Start on time" was meant.

## Fix now
`kubectl patch cronjob NAME -p '{"spec":{"startingDeadlineSeconds":300}}'`.

## Workaround
`kubectl create job --from=cronjob/NAME NAME-now` for a run that was skipped.

## Prevent
A deadline in minutes: how late the run is still of use.

## Validate
`kubectl get jobs` shows one Job for each scheduled time.

## Bad
```yaml
apiVersion: batch/v1
kind: CronJob
metadata: {name: sync}
spec:
  schedule: "*/5 * * * *"
  startingDeadlineSeconds: 5 # finding
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: sync, image: "shop/sync:1.4.2"}]}}}}
```

## Good
```yaml
apiVersion: batch/v1
kind: CronJob
metadata: {name: sync}
spec:
  schedule: "*/5 * * * *"
  startingDeadlineSeconds: 60
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: sync, image: "shop/sync:1.4.2"}]}}}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: free}
spec:
  schedule: "*/5 * * * *"
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: sync, image: "shop/sync:1.4.2"}]}}}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule

ROUND = 10
"""Seconds between two looks of the controller."""


@rule(target="CronJob", severity=Severity.MEDIUM, symptoms=["MissSchedule", "Missed scheduled time to start a job"])
def check(job: Node) -> Iterator[Fail]:
    deadline = job.at("spec.startingDeadlineSeconds")
    seconds = deadline.number
    if seconds is not None and seconds < ROUND:
        yield Fail(
            deadline, f"the controller looks every {ROUND} s, and a run may be {seconds:g} s late: runs are skipped", expected="at least 60"
        )
