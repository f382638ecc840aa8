"""A job needs another one that does not exist.

## Why it matters
GitLab refuses the whole configuration: *needs job X, but X is not defined in current or prior stages*. No job runs at all.

## Five whys
1. Why does no pipeline start? GitLab calls the configuration invalid.
2. Why? A job needs one that is not there, or that is in a later stage.
3. Why is it not there? It was renamed, is a hidden template, or was moved.
4. Why was that not seen? The name is only a text until GitLab puts everything together.

## Fix now
Correct the name, or add `optional: true` where the job may be absent.

## Workaround
Take the entry out of `needs`: the job then waits for the stages before it.

## Prevent
Rename jobs together with their `needs` and `dependencies`.

## Validate
`glab ci lint` prints *CI/CD YAML is valid*.

## Bad
```gitlab
stages: [build, test, deploy]
compile:
  stage: build
  script: [make]
check:
  stage: test
  script: [make test]
  needs: [compiled] # finding
early:
  stage: build
  script: [make early]
  needs:
    - job: live # finding
live:
  stage: deploy
  script: [make deploy]
```

## Good
```gitlab
compile:
  stage: build
  script: [make]
  parallel: {matrix: [{OS: [a, b]}]}
check:
  script: [make test]
  needs:
    - compile
    - job: maybe
      optional: true
    - project: group/other
      job: build
      ref: main
      artifacts: true
one:
  script: [make one]
  needs: ["compile: [a]"]
same:
  script: [make same]
  needs: [one]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Resource, Severity, rule
from auditor.views.github.names import closest
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job
from auditor.views.pipeline.platforms.gitlab import stage_of, stages


@rule(
    target="gitlab_pipeline",
    each=jobs,
    severity=Severity.HIGH,
    symptoms=[r"needs job .* not defined", r"undefined need"],
)
def check(job: Job, resource: Resource) -> Iterator[Fail]:
    if job.pipeline.doubts:
        return
    jobs_here = {it.key: it for it in job.pipeline.jobs if not it.template}
    order = {name: index for index, name in enumerate(stages(resource.body))}
    for need in job.needs:
        if need.implied or need.optional or "$" in need.job:
            continue
        other = jobs_here.get(need.job) or jobs_here.get(need.job.partition(": [")[0])
        if other is None:
            near = closest(need.job, jobs_here)
            yield Fail(need.where, f"no job is named {need.job}", near or "the name of a job")
        elif order.get(stage_of(other.where), 0) > order.get(stage_of(job.where), 0):
            yield Fail(need.where, f"{need.job} is in a later stage than {job.key}", "a job of the same or an earlier stage")
