"""A job gets the token that the repository's settings give, whatever it needs.

## Why it matters
Without `permissions` the token may do what the settings of the repository or organisation say, in older ones nearly everything. Code that
gets into a step (an action, a dependency, a test) can then push commits, change releases and approve pull requests.

## Five whys
1. Why could a dependency push to the repository? It ran in a job whose token could write.
2. Why could it? The job names no permissions, so it gets the default.
3. Why is the default so wide? It was for years, and settings of old repositories stay.
4. Why was none named? Everything works without.
5. Why is it not seen? What the token may do is in the settings, not in the file.

## Fix now
Write `permissions: {}` (or `contents: read`) at the top of the workflow, and give each job what it needs: `contents: read` for a
checkout, `packages: write` to push to GitHub's registry, `id-token: write` for OIDC.

## Workaround
Set the default of the repository to read-only (Settings, Actions, General).

## Prevent
Set the default of the organisation to read-only, and check workflows before they are merged.

## Validate
The first lines of a job's log (Set up job, GITHUB_TOKEN Permissions) list only what was named.

## Bad
```github
on: push
jobs:
  test: # finding
    runs-on: ubuntu-24.04
    steps:
      - run: ./test
```

## Good
```github
on: push
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: ./test
```

```github
on: workflow_call
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: ./test
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job, given
from auditor.views.pipeline.strangers import WITH_RIGHTS


@rule(
    target="github_workflow",
    each=jobs,
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="zizmor:excessive-permissions CKV2_GHA_1",
)
def check(job: Job) -> Iterator[Fail]:
    pipeline = job.pipeline
    # of these pipelines-permission-default-token-for-strangers speaks
    caused_by_strangers = any(trigger.name in WITH_RIGHTS for trigger in pipeline.triggers)
    if given(job.permissions) or given(pipeline.permissions) or (pipeline.only_called and job.uses is None) or caused_by_strangers:
        return
    yield Fail(job.key_at, f"the job {job.key} names no permissions for its token", "permissions with what it needs")
