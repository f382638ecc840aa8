"""A job needs another one that is not in every pipeline with it.

## Why it matters
`rules` decide for each pipeline which jobs are in it. Where a job is in and one that it needs is not, GitLab creates no pipeline at
all: *'deploy' job needs 'build' job, but 'build' is not in any previous stage*. It works for merge requests and breaks on the main
branch, or the other way round.

## Five whys
1. Why is there no pipeline for the merge to main? GitLab could not create it.
2. Why not? A job that is in it needs one that is not.
3. Why is that one missing there? Its `rules` let it into other pipelines only.
4. Why was it not seen in the merge request? There both jobs are in.

## Fix now
Give both jobs the same `rules`, or write `optional: true` at the need.

## Workaround
Push an empty commit once the need is optional: `git commit --allow-empty`.

## Prevent
Put the rules that jobs share into one hidden job and `extends` it, or use `!reference [.rules, rules]`.

## Validate
*Build > Pipeline editor > Validate > Simulate a pipeline* for the default branch succeeds.

## Bad
```gitlab
build:
  stage: build
  script: [make]
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
deploy:
  stage: deploy
  script: [make deploy]
  needs: [build] # finding
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
```

## Good
```gitlab
build:
  stage: build
  script: [make]
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
optional:
  script: [make]
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
changed:
  stage: build
  script: [make]
  rules:
    - changes: [src/**]
deploy:
  stage: deploy
  script: [make deploy]
  needs:
    - build
    - changed
    - job: optional
      optional: true
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job
from auditor.views.pipeline.runs import job_runs, situations


@rule(
    target="gitlab_pipeline",
    each=jobs,
    severity=Severity.HIGH,
    symptoms=[r"job needs .* job, but .* is not in any previous stage", r"does not exist in the pipeline"],
)
def check(job: Job) -> Iterator[Fail]:
    if job.pipeline.doubts:
        return
    others = {it.key: it for it in job.pipeline.jobs if not it.template}
    for need in job.needs:
        other = others.get(need.job)
        if need.implied or need.optional or other is None:
            continue
        for situation in situations(job.pipeline):
            if job_runs(job, situation) is True and job_runs(other, situation) is False:
                message = f"on {situation.text} the job {job.key} is in the pipeline and {other.key} is not, so there is no pipeline"
                yield Fail(need.where, message, "the same rules, or optional: true", related=(other.key_at,))
                break
