"""An environment names a job to stop it that does not exist.

## Why it matters
`on_stop` tells GitLab which job removes the environment. A name that no job has makes the configuration invalid; a stop job without
`when: manual` removes the environment as soon as its stage comes.

## Five whys
1. Why do review apps pile up until the cluster is full? Nothing stops them.
2. Why not? The job that `on_stop` names is not there, or not for this environment.
3. Why not? It was renamed, and its environment has another name than the one that it shall stop.
4. Why was that not seen? Stopping happens long after the merge.

## Fix now
Correct the name; stop what is left over by hand: *Operate > Environments > Stop*.

## Workaround
`auto_stop_in: 2 days` ends environments that nobody uses.

## Prevent
Write both jobs next to each other, with the same `environment: name` and `action: stop`.

## Validate
Close a merge request: the environment goes to *Stopped*.

## Bad
```gitlab
review:
  script: [make up]
  environment:
    name: review/$CI_COMMIT_REF_SLUG
    on_stop: stop_reviews # finding
stop_review:
  script: [make down]
  when: manual
  environment: {name: review/$CI_COMMIT_REF_SLUG, action: stop}
```

## Good
```gitlab
review:
  script: [make up]
  environment:
    name: review/$CI_COMMIT_REF_SLUG
    on_stop: stop_review
stop_review:
  script: [make down]
  when: manual
  environment: {name: review/$CI_COMMIT_REF_SLUG, action: stop}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.names import closest
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job


@rule(
    target="gitlab_pipeline",
    each=jobs,
    severity=Severity.MEDIUM,
    symptoms=[r"on_stop job .* is not defined"],
)
def check(job: Job) -> Iterator[Fail]:
    wanted = job.where.at("environment.on_stop")
    if job.pipeline.doubts or not isinstance(wanted.value, str):
        return
    names = {it.key for it in job.pipeline.jobs if not it.template}
    if wanted.value not in names:
        yield Fail(wanted, f"no job is named {wanted.value}", closest(wanted.value, names) or "the job that stops it")
