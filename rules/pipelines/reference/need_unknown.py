"""A job waits for another one that does not exist.

## Why it matters
The platform refuses the file, or leaves the job out: nothing of the pipeline runs, or the part that deploys never does.

## Five whys
1. Why was nothing deployed? The pipeline did not start, or the job was left out.
2. Why? It waits for a job that is not there.
3. Why not? The job was renamed, and who waits for it was not.
4. Why was that not seen? The name is only a text in another part of the file.

## Fix now
Correct the name and push.

## Workaround
Take the entry out: the job then does not wait.

## Prevent
Rename a job together with all that wait for it (`git grep -n NAME`).

## Validate
The platform's validation accepts the file: `circleci config validate`, *Validate* in Azure's editor, `argo lint`, `tkn`.

## Bad
```circleci
version: 2.1
jobs:
  build: {docker: [{image: "cimg/base:2024.02"}], steps: [checkout]}
  deploy: {docker: [{image: "cimg/base:2024.02"}], steps: [checkout]}
workflows:
  main:
    jobs:
      - build
      - deploy:
          requires: [builds] # finding
```

```azure
stages:
  - stage: Build
    jobs:
      - job: compile
        steps: [script: make]
      - job: check
        dependsOn: compiled # finding
        steps: [script: make test]
```

## Good
```circleci
version: 2.1
orbs: {aws: circleci/aws-cli@5.1}
jobs:
  build: {docker: [{image: "cimg/base:2024.02"}], steps: [checkout]}
workflows:
  main:
    jobs:
      - build: {name: compile}
      - aws/install: {requires: [compile]}
      - later: {requires: [aws/install]}
```

```azure
jobs:
  - job: compile
    steps: [script: make]
  - job: Check
    dependsOn: Compile
    steps: [script: make test]
```

A template may bring it:

```azure
jobs:
  - template: elsewhere.yml@shared
  - job: check
    dependsOn: compile
    steps: [script: make test]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.names import closest
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job, Platform
from auditor.views.pipeline.reading import is_open

_OTHERS = "circleci_pipeline azure_pipeline Pipeline PipelineRun"
"""GitHub and GitLab have rules of their own, since they say more about it."""


@rule(
    target=_OTHERS,
    each=jobs,
    severity=Severity.HIGH,
    symptoms=[r"requires job .* not part of this workflow", r"depends on unknown job", r"non existing task"],
)
def check(job: Job) -> Iterator[Fail]:
    if job.pipeline.doubts:
        return
    names = {it.key.lower(): it.key for it in job.pipeline.jobs}
    for need in job.needs:
        if not need.implied and need.job.lower() not in names and not is_open(need.job):
            written = need.job.rpartition(".")[2] if job.pipeline.platform is Platform.AZURE else need.job
            near = closest(need.job, names.values())
            yield Fail(need.where, f"no job is named {written}", near or "the name of a job")
