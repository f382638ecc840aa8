"""A job attaches a workspace to which no job before it has persisted anything.

## Why it matters
The job finds an empty folder: it fails, or it deploys nothing and is green.

## Five whys
1. Why is the website empty? The job deployed an empty folder.
2. Why was it empty? No job before it put anything into the workspace.
3. Why not? `persist_to_workspace` is missing, or stands in a job that this one does not require.
4. Why was that not seen? Attaching an empty workspace is no error.

## Fix now
Add `persist_to_workspace` to the job that builds, and require that job.

## Workaround
Build in the job that deploys.

## Prevent
List the folder after `attach_workspace`, and fail when it is empty.

## Validate
The job's log shows *Downloading workspace layers* with a size.

## Bad
```circleci
version: 2.1
jobs:
  build:
    docker: [{image: 'cimg/base:2026.01'}]
    steps:
      - run: make
  deploy:
    docker: [{image: 'cimg/base:2026.01'}]
    steps:
      - attach_workspace: {at: .} # finding
      - run: ./deploy.sh
workflows:
  main:
    jobs:
      - build
      - deploy: {requires: [build]}
```

## Good
```circleci
version: 2.1
jobs:
  build:
    docker: [{image: 'cimg/base:2026.01'}]
    steps:
      - run: make
      - persist_to_workspace: {root: ., paths: [dist]}
  deploy:
    docker: [{image: 'cimg/base:2026.01'}]
    steps:
      - attach_workspace: {at: .}
      - run: ./deploy.sh
workflows:
  main:
    jobs:
      - build
      - hold: {type: approval, requires: [build]}
      - deploy: {requires: [hold]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job


@rule(target="circleci_pipeline", each=jobs, severity=Severity.MEDIUM, symptoms=[r"[Nn]o such file or directory"])
def check(job: Job) -> Iterator[Fail]:
    attached = next((step for step in job.steps if step.calls("attach_workspace")), None)
    if (
        attached is None
        or any(step.calls("checkout") for step in job.steps)
        or job.pipeline.doubts
        or any(map(_may_persist, (job, *job.upstream)))
    ):
        return
    yield Fail(attached.where, "no job that this one requires persists anything to the workspace", "persist_to_workspace in one of them")


def _may_persist(job: Job) -> bool:
    """Whether it persists (the job itself: then it starts a workspace), or runs an orb's job or command that may."""
    return job.uses is not None or any(step.calls("persist_to_workspace") or (step.uses and "/" in step.uses.name) for step in job.steps)
