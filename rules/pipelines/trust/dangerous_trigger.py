"""A workflow's event gives strangers' changes the repository's rights.

## Why it matters
`pull_request_target`, `workflow_run` and `issue_comment` start with secrets and a token that may write, whoever opened the pull request.
One step that touches its code or its texts hands these rights to a stranger.

## Five whys
1. Why did a stranger get the repository's token? A step worked on the pull request with it.
2. Why did the run have it? The event gives the target's rights.
3. Why was that event chosen? `pull_request` may not comment or read secrets for forks.
4. Why was the step not checked for it? It looks the same under both events.
5. Why does it go wrong later? Steps are added by people who do not think of the event.

## Fix now
Use `pull_request` wherever no rights are needed; leave in this workflow only what needs them.

## Workaround
Give it `permissions: {}` and jobs only what they need, no secrets, and no checkout of the pull request.

## Prevent
Demand a review by security for workflows with these events (CODEOWNERS of `.github/workflows`).

## Validate
The list of events has none of them, or each of its jobs names its permissions and uses nothing of the pull request but numbers and
hashes.

## Bad
```github
on: pull_request_target # finding
jobs:
  greet:
    runs-on: ubuntu-24.04
    steps:
      - run: ./greet
```

## Good
```github
on: pull_request
permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: ./test
```

```github
on: pull_request_target
permissions:
  pull-requests: write
jobs:
  label:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/labeler@634933edcd8ababfe52f92936142cc22ac488b1b # v6.0.1
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.model import Pipeline


@rule(
    target="github_workflow",
    each=pipelines,
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    aliases="zizmor:dangerous-triggers",
)
def check(pipeline: Pipeline) -> Iterator[Fail]:
    if len(pipeline.jobs) == 1 and len(pipeline.jobs[0].steps) == 1 and pipeline.jobs[0].steps[0].calls("actions/labeler"):
        return
    for trigger in pipeline.triggers:
        if trigger.name in ("pull_request_target", "workflow_run", "issue_comment"):
            yield Fail(trigger.where, f"runs on {trigger.name} have the repository's rights, whoever causes them", "pull_request")
