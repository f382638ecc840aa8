"""A job has nothing to do.

## Why it matters
GitLab refuses the whole configuration: *jobs:x config should implement the script:, run:, or trigger: keyword*. No pipeline is made, also
not for the other jobs.

## Five whys
1. Why did the push start no pipeline? GitLab refused the configuration.
2. Why? One job has no script.
3. Why not? Its script was in a template that it does not extend any more, or the key is misspelt.

## Fix now
Write the script, or make it a template by a dot in front of its name.

## Workaround
`script: ["true"]` until it has something to do.

## Prevent
Check the configuration before it is pushed (*CI lint* in GitLab, or this tool in the first job).

## Validate
*CI/CD > Editor* says that the configuration is valid.

## Bad
```gitlab
build: # finding
  stage: build
  image: alpine:3.22
test:
  script: [make test]
```

## Good
```gitlab
.base:
  image: alpine:3.22
build:
  extends: .base
  script: [make]
child:
  trigger: {include: child.yml}
pages:
  extends: .elsewhere
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job, given
from auditor.views.pipeline.reading import field


@rule(
    target="gitlab_pipeline",
    each=jobs,
    severity=Severity.HIGH,
    symptoms=[
        r"config should implement the script:, run:, or trigger: keyword",
        r"config should implement a script: or a trigger: keyword",
    ],
)
def check(job: Job) -> Iterator[Fail]:
    if job.pipeline.doubts or any(given(field(job.where, key)) for key in ("script", "trigger", "run", "extends", "<<")):
        return
    if job.key != "pages:deploy" and any(
        given(field(job.where, key)) for key in ("stage", "image", "rules", "only", "variables", "before_script")
    ):
        yield Fail(job.key_at, f"the job {job.key} has neither a script nor a trigger", "script")
