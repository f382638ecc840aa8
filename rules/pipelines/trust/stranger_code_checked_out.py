"""A run with rights checks out code of a pull request from outside.

## Why it matters
The files of a stranger lie where the steps of a job with rights work. What reads them as data today may run them tomorrow: a linter with
a configuration of its own, an action that looks for scripts, a link that leads out of the folder.

## Five whys
1. Why did foreign code run with the repository's token? A step took the checked-out files for the repository's.
2. Why were they there? The workflow checks out the head of the pull request.
3. Why does it have rights? Its event gives them also for pull requests from forks.
4. Why was it thought safe? The files should only be compared or counted.
5. Why does that not last? Later steps are added by people who do not know whose files these are.

## Fix now
Take what is needed from the API (`gh pr diff`, `gh api`), or let a workflow on `pull_request` prepare it as an artifact.

## Workaround
Check out into a folder of its own (`path:`) with `persist-credentials: false`, and give the job `permissions: {}` and no secrets.

## Prevent
Never check out a pull request's code in a run with rights.

## Validate
The job's log shows a checkout of the target branch only.

## Bad
```github
on: pull_request_target
permissions:
  pull-requests: write
jobs:
  size:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          ref: ${{ github.head_ref }} # finding
      - run: wc -l README.md
```

## Good
```github
on: pull_request_target
permissions:
  pull-requests: write
jobs:
  size:
    runs-on: ubuntu-24.04
    steps:
      - run: gh pr diff "$NUMBER" | wc -l
        env:
          NUMBER: ${{ github.event.pull_request.number }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline.strangers import StrangeCode, strange_code


@rule(target="github_workflow", each=strange_code, severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(code: StrangeCode) -> Iterator[Fail]:
    if not code.guarded and not code.approved and (code.runner is None or not code.powerful):
        message = "code of strangers is checked out in a run that they cause with the repository's rights"
        yield Fail(code.where, message, "the pull request's data from the API")
