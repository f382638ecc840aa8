"""Production is deployed to without anybody's approval.

## Why it matters
Whatever reaches the branch is live a few minutes later: a wrong merge, a leaked account or a test that was skipped has nobody between
itself and the customers. Where that is meant (continuous deployment with tests, canaries and a way back), accept this finding for the
pipeline.

## Five whys
1. Why did the wrong version go live? It was merged, and the pipeline deployed it.
2. Why did nobody stop it? The pipeline asks nobody.
3. Why not? The job names no environment that could ask for reviewers, and waits for nothing.
4. Why was that not missed? As long as deployments go well, an approval only seems to cost time.

## Fix now
Roll back if the version is wrong; else nothing.

## Workaround
Protect the branch: two reviews for what is merged.

## Prevent
GitHub: `environment: production` with required reviewers; GitLab: `environment` and a protected environment or `when: manual`; Azure: a
`deployment` job; CircleCI: a job of `type: approval` before it; Jenkins: `input`; Bitbucket: `trigger: manual`.

## Validate
The run waits in front of the job until somebody approves it.

## Bad
```circleci
version: 2.1
jobs:
  deploy-production:
    docker: [{image: 'cimg/base:2026.01'}]
    steps:
      - run: kubectl apply -f k8s/
workflows:
  main:
    jobs:
      - deploy-production # finding
```

## Good
```circleci
version: 2.1
jobs:
  deploy-production:
    docker: [{image: 'cimg/base:2026.01'}]
    steps:
      - run: kubectl apply -f k8s/
workflows:
  main:
    jobs:
      - hold: {type: approval}
      - deploy-production:
          requires: [hold]
```

```github
on:
  push:
    branches: [main]
jobs:
  prod:
    environment: production
    runs-on: ubuntu-24.04
    steps:
      - run: kubectl apply -f k8s/
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import KINDS, jobs
from auditor.views.pipeline.deployment import deployments, is_production
from auditor.views.pipeline.model import Event, Job, Platform, given
from auditor.views.pipeline.reading import field, items, text

_ENVIRONMENTS = frozenset({Platform.GITHUB, Platform.GITLAB, Platform.AZURE})
"""Where an environment can ask for an approval, which the file does not show."""
_WITHOUT = frozenset({Platform.CODEBUILD, Platform.ARGO, Platform.TEKTON, Platform.CODEPIPELINE})


@rule(target=KINDS, each=jobs, severity=Severity.LOW, confidence=Confidence.LIKELY)
def check(job: Job) -> Iterator[Fail]:
    pipeline = job.pipeline
    if pipeline.platform in _WITHOUT or pipeline.only_called or not deployments(job) or not is_production(job):
        return
    if not pipeline.events - {Event.MANUAL, Event.CALL, Event.RELEASE} or (pipeline.platform in _ENVIRONMENTS and given(job.environment)):
        return
    if not any(_asks(it) for it in (job, *job.upstream)):
        yield Fail(job.key_at, f"the job {job.key} deploys to production, and nobody is asked", "an approval before it")


def _asks(job: Job) -> bool:
    if job.pipeline.platform is Platform.GITLAB and any(text(field(rule, "when")) == "manual" for rule in items(job.condition)):
        return True
    return given(job.manual) and job.manual.value not in ("always", "on_success", "on_failure", "never")
