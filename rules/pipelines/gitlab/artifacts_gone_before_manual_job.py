"""Artifacts expire before somebody starts the manual job that needs them.

## Why it matters
A deployment that is started by hand days after the build finds its artifacts deleted: *This job could not start because it could not
retrieve the needed artifacts*. The release can only be built anew.

## Five whys
1. Why can the release not be deployed? Its artifacts are gone.
2. Why? They expired.
3. Why so early? `expire_in` counts hours, and the deployment waits for a person.
4. Why was it so short? To save storage, when deployments still followed at once.

## Fix now
Run the job that builds again, then the deployment.

## Workaround
*Keep* the artifacts of a release in the job's page.

## Prevent
`expire_in: 1 week` or longer for what a manual job deploys; packages or images for what has to stay.

## Validate
The job's page shows how long the artifacts stay.

## Bad
```gitlab
stages: [build, deploy]
build:
  stage: build
  script: [make]
  artifacts:
    paths: [dist]
    expire_in: 1 hour # finding
deploy:
  stage: deploy
  script: [./deploy.sh]
  when: manual
  environment: production
```

## Good
```gitlab
stages: [build, deploy]
build:
  stage: build
  script: [make]
  artifacts:
    paths: [dist]
    expire_in: 1 week
deploy:
  stage: deploy
  script: [./deploy.sh]
  when: manual
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job, Need, given
from auditor.views.pipeline.reading import field, items, text

_SHORT = re.compile(r"\s*(\d+)\s*(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?)\s*\Z", re.I)
_SECONDS = {"s": 1, "m": 60, "h": 3600}
_DAY = 24 * 3600


@rule(
    target="gitlab_pipeline",
    each=jobs,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=[r"could not retrieve the needed artifacts", r"This job depends on other jobs with expired/erased artifacts"],
)
def check(job: Job) -> Iterator[Fail]:
    expiry = field(field(job.where, "artifacts"), "expire_in")
    found = _SHORT.match(text(expiry))
    if found is None or int(found[1]) * _SECONDS[found[2][0].lower()] >= _DAY:
        return
    for other in job.pipeline.jobs:
        if not other.template and text(other.manual) == "manual" and any(_takes(other, need, job) for need in other.needs):
            yield Fail(expiry, f"{other.key} waits for a person, and its artifacts are gone after {text(expiry)}", "1 week or longer")
            return


def _takes(other: Job, need: Need, job: Job) -> bool:
    chosen = field(other.where, "dependencies")
    return need.job == job.key and need.artifacts and (not given(chosen) or job.key in [text(it) for it in items(chosen)])
