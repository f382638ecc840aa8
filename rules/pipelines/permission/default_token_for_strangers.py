"""A job that strangers can start gets the token that the settings give.

## Why it matters
`pull_request_target`, `workflow_run`, issues and comments start runs for everybody, with a token as wide as the settings allow: it may
push commits and releases. Every weakness of the job is then one of the whole repository.

## Five whys
1. Why did a weak script become a takeover of the repository? Its token could write everything.
2. Why could it? The job names no permissions, so it gets the default of the settings.
3. Why is that given to strangers' events? These events run with the repository's own rights.
4. Why was none named? Everything works without.
5. Why was it not seen? What the token may do is in the settings, not in the file.

## Fix now
Write `permissions: {}` at the top, and give the job the one permission it needs (mostly `issues: write` or `pull-requests: write`).

## Workaround
Set the default of the repository to read-only (Settings, Actions, General).

## Prevent
Demand a review by security for workflows with these events.

## Validate
The log (Set up job, GITHUB_TOKEN Permissions) lists only what was named.

## Bad
```github
on: issue_comment
jobs:
  answer: # finding
    runs-on: ubuntu-24.04
    steps:
      - run: ./answer
```

## Good
```github
on: issue_comment
permissions:
  issues: write
jobs:
  answer:
    runs-on: ubuntu-24.04
    steps:
      - run: ./answer
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
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="zizmor:excessive-permissions CKV2_GHA_1",
)
def check(job: Job) -> Iterator[Fail]:
    trigger = next((it for it in job.pipeline.triggers if it.name in WITH_RIGHTS), None)
    if trigger is not None and not given(job.permissions) and not given(job.pipeline.permissions):
        message = f"the job {job.key} names no permissions, and strangers can start it ({trigger.name})"
        yield Fail(job.key_at, message, "permissions with what it needs", related=(trigger.where,))
