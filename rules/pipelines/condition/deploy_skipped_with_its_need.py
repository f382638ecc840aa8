"""A deployment is skipped without a word, because a job that it needs is skipped.

## Why it matters
A job runs only if all jobs that it needs, directly or through others, succeeded. One that was skipped did not succeed, so everything after
it is skipped too, and the run is green. The change is merged, nothing is deployed, and there is no log to look at.

## Five whys
1. Why is the change not in production? The deploying job did not run.
2. Why not, though its own condition holds? A job that it needs was skipped.
3. Why was that one skipped? Its `if` is false on this event.
4. Why does that stop the deployment? Without a status function GitHub puts `success()` in front of every condition.
5. Why was it not noticed? A skipped job is grey, and the run counts as successful.

## Fix now
Start the deployment by hand (`gh workflow run`), or run its commands from the commit that was merged.

## Workaround
Take the skipped job out of `needs` until the condition is mended.

## Prevent
Say what is really required: `if: ${{ !cancelled() && !contains(needs.*.result, 'failure') }}` together with the job's own condition. Jobs
that come after it need the same.

## Validate
`gh run view RUN_ID --json jobs --jq '.jobs[] | .name + " " + .conclusion'` shows no `skipped` for the deployment.

## Bad
```github
on:
  push:
    branches: [main]
  pull_request:
jobs:
  test:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-24.04
    steps:
      - run: make test
  image:
    needs: test
    runs-on: ubuntu-24.04
    steps:
      - run: make image
  deploy:
    needs: image # finding
    if: github.ref == 'refs/heads/main'
    environment: production
    runs-on: ubuntu-24.04
    steps:
      - run: kubectl apply -f k8s/
```

## Good
```github
on:
  push:
    branches: [main]
  pull_request:
jobs:
  test:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-24.04
    steps:
      - run: make test
  deploy:
    needs: test
    if: ${{ !cancelled() && !contains(needs.*.result, 'failure') && github.event_name == 'push' }}
    environment: production
    runs-on: ubuntu-24.04
    steps:
      - run: kubectl apply -f k8s/
```

The deployment is not wanted where its need is skipped:

```github
on:
  push:
    branches: [main]
  pull_request:
jobs:
  image:
    if: github.event_name == 'push'
    runs-on: ubuntu-24.04
    steps:
      - run: make image
  deploy:
    needs: image
    environment: production
    runs-on: ubuntu-24.04
    steps:
      - run: kubectl apply -f k8s/
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.deployment import seems_deploy
from auditor.views.pipeline.model import Job
from auditor.views.pipeline.runs import job_runs, situations
from auditor.views.pipeline.skip import never_runs, skipper


@rule(target="github_workflow", each=jobs, severity=Severity.HIGH, confidence=Confidence.FIRM, symptoms=[r"This job was skipped"])
def check(job: Job) -> Iterator[Fail]:
    if not seems_deploy(job):
        return
    for situation in situations(job.pipeline):
        if situation.stranger or job_runs(job, situation) is not False:
            continue
        found = skipper(job, situation)
        if found is not None and (never_runs(job) or job.condition.present):
            need, skipped = found
            message = f"on {situation.text} the job {skipped.key} is skipped, and {job.key} with it, though its own condition allows it"
            yield Fail(need.where, message, "a condition that accepts skipped jobs", related=(skipped.condition,))
            return
