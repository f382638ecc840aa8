"""A job takes artifacts of a job that it does not wait for.

## Why it matters
GitLab refuses the configuration (*dependencies the x should be part of needs*), or, where the other job stands in a later stage, *is not
defined in prior stages*. No pipeline is made.

## Five whys
1. Why did the push start no pipeline? GitLab refused the configuration.
2. Why? `dependencies` names a job that is not finished when this one starts.
3. Why? `needs` was added later, to start the job earlier, and replaced the order of the stages.

## Fix now
Add the job to `needs`, or take it out of `dependencies`.

## Workaround
Remove `needs`, so that the stages decide again.

## Prevent
Write `needs` with `artifacts: true|false` and no `dependencies`.

## Validate
*CI/CD > Editor* says that the configuration is valid.

## Bad
```gitlab
stages: [build, deploy]
build:
  stage: build
  script: [make]
  artifacts: {paths: [dist]}
lint:
  stage: build
  script: [make lint]
deploy:
  stage: deploy
  needs: [lint]
  dependencies: [build] # finding
  script: [./deploy.sh]
```

## Good
```gitlab
stages: [build, deploy]
build:
  stage: build
  script: [make]
  artifacts: {paths: [dist]}
deploy:
  stage: deploy
  needs: [build]
  dependencies: [build]
  script: [./deploy.sh]
notify:
  stage: deploy
  dependencies: [build]
  script: [./notify.sh]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job, given
from auditor.views.pipeline.platforms.gitlab import stage_of, stages
from auditor.views.pipeline.reading import field, items, text


@rule(
    target="gitlab_pipeline",
    each=jobs,
    severity=Severity.HIGH,
    symptoms=[r"dependencies the \S+ should be part of needs", r"dependency \S+ is not defined in (?:prior|current or prior) stages"],
)
def check(job: Job) -> Iterator[Fail]:
    known = {it.key: it for it in job.pipeline.jobs if not it.template}
    order = stages(job.pipeline.where)
    needs = {need.job for need in job.needs} if given(field(job.where, "needs")) else None
    for item in items(field(job.where, "dependencies")):
        other = known.get(text(item))
        if other is None:
            if text(item) and not job.pipeline.doubts and "$" not in text(item):
                yield Fail(item, f"no job is named {text(item)}", "a job of this pipeline")
        elif needs is not None and other.key not in needs and needs:
            yield Fail(item, f"{job.key} takes artifacts of {other.key} and does not need it", f"needs: [{other.key}]")
        elif needs is None and _index(order, other) >= _index(order, job) >= 0:
            yield Fail(item, f"{other.key} does not run before {job.key}", "a job of an earlier stage")


def _index(order: tuple[str, ...], job: Job) -> int:
    stage = stage_of(job.where)
    return order.index(stage) if stage in order else -1
