"""A review app is started for each branch and never stopped.

## Why it matters
Each merge request leaves a running environment behind: quota, money and names run out, and one day the deployment of the next one fails.

## Five whys
1. Why did the review app not start? The cluster is full.
2. Why? It holds the apps of branches that are long merged.
3. Why are they there? Nothing stops them.
4. Why not? The environment has neither `on_stop` nor `auto_stop_in`.

## Fix now
Stop the old ones: *Operate > Environments*, or the API's `environments/review_apps` with `before`.

## Workaround
A scheduled job that deletes what is older than a week.

## Prevent
`on_stop` with a job of `action: stop`, and `auto_stop_in: 3 days` for what is forgotten.

## Validate
Merge a test branch: its environment is stopped.

## Bad
```gitlab
review:
  script: [kubectl apply -f k8s/]
  environment:
    name: review/$CI_COMMIT_REF_SLUG # finding
```

## Good
```gitlab
review:
  script: [kubectl apply -f k8s/]
  environment:
    name: review/$CI_COMMIT_REF_SLUG
    auto_stop_in: 3 days
production:
  script: [kubectl apply -f k8s/]
  environment: production
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job, given
from auditor.views.pipeline.reading import field, text

_BRANCH = ("CI_COMMIT_REF_SLUG", "CI_COMMIT_REF_NAME", "CI_COMMIT_BRANCH", "CI_MERGE_REQUEST_IID", "CI_MERGE_REQUEST_ID")


@rule(target="gitlab_pipeline", each=jobs, severity=Severity.LOW, confidence=Confidence.FIRM, symptoms=[r"exceeded quota"])
def check(job: Job) -> Iterator[Fail]:
    name = text(job.environment)
    written = field(job.where, "environment")
    action = text(field(written, "action")) or "start"
    if action != "start" or not any(word in name for word in _BRANCH) or not name.startswith(("review", "preview", "mr-", "feature")):
        return
    if not given(field(written, "on_stop")) and not given(field(written, "auto_stop_in")):
        yield Fail(job.environment, "each branch gets an environment, and nothing stops it", "on_stop or auto_stop_in")
