"""A job or step can never run.

## Why it matters
Its condition is false on every event that the workflow listens to. Whatever it is there for, a deployment, a scan, a notification, has not
happened since the line was written, and nothing is red.

## Five whys
1. Why was nothing deployed for weeks? The deploying job was skipped in every run.
2. Why? Its condition asks for something that no run of this workflow has.
3. Why does no run have it? The workflow does not listen to that event or branch, or the name is misspelt.
4. Why was it written so? The job was copied from a workflow with other triggers.
5. Why did nobody see it? A skipped job leaves the run green.

## Fix now
Run by hand what was left out: take the commands of the job, or start it with a corrected condition through `workflow_dispatch`.

## Workaround
Remove the condition where the job may run on every event of the workflow.

## Prevent
Write the condition for the events under `on:`; `refs/heads/main` is a ref, `main` a ref's name. GitLab: let one rule of the job apply in a
pipeline that `workflow:rules` lets come about.

## Validate
`gh run list --workflow FILE --limit 20` and `gh run view RUN_ID` show the job with a conclusion other than `skipped`.

## Bad
```github
on:
  push:
    branches: [main]
jobs:
  deploy:
    if: github.event_name == 'pull_request' # finding
    runs-on: ubuntu-24.04
    steps:
      - run: make deploy
  notify:
    runs-on: ubuntu-24.04
    steps:
      - if: github.ref == 'refs/head/main' # finding
        run: ./notify.sh
```

```gitlab
workflow:
  rules:
    - if: $CI_COMMIT_TAG
deploy:
  script: [make deploy]
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event" # finding
```

## Good
```github
on:
  push:
    branches: [main, 'release/**']
  workflow_dispatch:
    inputs:
      target: {type: string}
jobs:
  deploy:
    if: github.ref == 'refs/heads/main' || inputs.target
    runs-on: ubuntu-24.04
    steps:
      - run: make deploy
      - if: startsWith(github.ref, 'refs/heads/release/')
        run: make notes
      - if: failure()
        run: ./notify.sh
```

It is switched off on purpose:

```github
on: push
jobs:
  old:
    if: false
    runs-on: ubuntu-24.04
    steps:
      - run: make old
```

```gitlab
deploy:
  script: [make deploy]
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
off:
  script: [make old]
  rules: [{when: never}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import KINDS, jobs
from auditor.views.pipeline.model import Job, Platform, given
from auditor.views.pipeline.runs import situations
from auditor.views.pipeline.skip import never_true, on_purpose


@rule(target=KINDS, each=jobs, severity=Severity.MEDIUM, confidence=Confidence.FIRM, symptoms=[r"This job was skipped"])
def check(job: Job) -> Iterator[Fail]:
    if job.pipeline.platform not in (Platform.GITHUB, Platform.GITLAB) or job.pipeline.only_called or job.pipeline.doubts:
        return
    events = ", ".join(dict.fromkeys(situation.text for situation in situations(job.pipeline)))
    if given(job.condition):
        if never_true(job) and not on_purpose(job.condition):
            yield Fail(job.condition, f"the job {job.key} never runs: its condition is false on {events}", "a condition that can be true")
        if never_true(job):
            return
    if job.pipeline.platform is Platform.GITHUB:
        for step in job.steps:
            if given(step.condition) and never_true(step) and not on_purpose(step.condition):
                yield Fail(step.condition, f"this step never runs: its condition is false on {events}", "a condition that can be true")
