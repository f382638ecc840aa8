"""A job is in a stage that the pipeline does not declare.

## Why it matters
GitLab refuses the whole configuration: *chosen stage does not exist*. Not one job of the pipeline runs, for nobody, until it is mended.

## Five whys
1. Why does no pipeline start since the merge? GitLab calls the configuration invalid.
2. Why? A job names a stage that `stages` does not list.
3. Why is it missing there? The list was shortened, or the job has no `stage` and falls into `test`, which the list does not have.
4. Why was that merged? The pipeline that would show it is the one that cannot start.

## Fix now
Add the stage to `stages`, or move the job to one that is there, and push.

## Workaround
Start no pipeline by hand: it fails in the same way. Revert the merge request that brought the job.

## Prevent
Let every job name its stage; check with *Build > Pipeline editor > Validate*, or the CI lint API, before the merge.

## Validate
`glab ci lint` prints *CI/CD YAML is valid*.

## Bad
```gitlab
stages: [build, deploy]
compile:
  stage: build
  script: [make]
lint: # finding
  script: [make lint]
live:
  stage: production # finding
  script: [make deploy]
```

## Good
```gitlab
stages: [build, test]
compile:
  stage: build
  script: [make]
lint:
  script: [make lint]
notify:
  stage: .post
  script: [make notify]
.hidden:
  stage: nowhere
```

Without a list there are the stages build, test and deploy:

```gitlab
live:
  stage: deploy
  script: [make deploy]
```

What is included from elsewhere may declare it:

```gitlab
include: {project: group/ci, file: /stages.yml}
live:
  stage: production
  script: [make deploy]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Resource, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job, given
from auditor.views.pipeline.platforms.gitlab import stage_of, stages


@rule(
    target="gitlab_pipeline",
    each=jobs,
    severity=Severity.HIGH,
    symptoms=[r"chosen stage .* does not exist"],
)
def check(job: Job, resource: Resource) -> Iterator[Fail]:
    if job.pipeline.doubts:
        return
    known = stages(resource.body)
    name = stage_of(job.where)
    if name not in known:
        written = given(job.stage)
        message = f"the stage {name} is not declared" if written else "without a stage the job is in test, which is not declared"
        yield Fail(job.stage if written else job.key_at, message, f"one of {', '.join(known[1:-1])}")
