"""A CronJob does not say how late a run may still start.

## Why it matters
Without `startingDeadlineSeconds` a run that was missed while the control plane was away starts hours late, at a time for which it was not
meant; and after more than 100 missed times the controller only complains. For many jobs late is better than never, so this is advice.

## Five whys
1. Why did the night's clean-up run at noon? The control plane was down at night, and the run was made up for.
2. Why was it not skipped? Nothing says how late is too late.
3. Why not? The field is optional and its meaning is not known.

## Fix now
`kubectl patch cronjob NAME -p '{"spec":{"startingDeadlineSeconds":3600}}'`.

## Workaround
Let the job itself look at the clock and leave.

## Prevent
Write the deadline together with the schedule: somewhat less than the time to the next run.

## Validate
`kubectl get cronjob NAME -o jsonpath='{.spec.startingDeadlineSeconds}'`.

## Bad
```yaml
apiVersion: batch/v1
kind: CronJob
metadata: {name: cleanup}
spec:
  schedule: 0 3 * * * # finding
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: cleanup, image: "shop/cleanup:1.4.2"}]}}}}
```

## Good
```yaml
apiVersion: batch/v1
kind: CronJob
metadata: {name: cleanup}
spec:
  schedule: 0 3 * * *
  startingDeadlineSeconds: 3600
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: cleanup, image: "shop/cleanup:1.4.2"}]}}}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(target="CronJob", severity=Severity.INFO, confidence=Confidence.LIKELY, aliases="kube-score:cronjob-has-deadline")
def check(job: Node) -> Iterator[Fail]:
    deadline = job.at("spec.startingDeadlineSeconds")
    if deadline.missing:
        yield Fail(deadline, "a missed run may start at any later time", expected="startingDeadlineSeconds", actual="none")
