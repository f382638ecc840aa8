"""A run with the repository's rights builds code of a pull request from outside.

## Why it matters
`pull_request_target`, `workflow_run` and comments start runs with the repository's secrets and a token that may write, also for pull
requests from forks. Building, testing or linting the code of such a pull request runs whatever its author wrote into the build files.

## Five whys
1. Why were the secrets stolen? A build script of a pull request sent them away.
2. Why did that script have them? The workflow runs on an event that gives strangers' pull requests the repository's rights.
3. Why was that event chosen? A comment, a label or a deployment should come of the result, and `pull_request` may not write.
4. Why was the pull request's code checked out there? The event's own checkout has the target branch only, so the tests tested nothing.
5. Why was it not seen? Each half is usual alone; only both together are the hole.

## Fix now
Disable the workflow now and look through its past runs; rotate the secrets that it could read. Then split it: `pull_request` builds
without rights and uploads a result, a `workflow_run` workflow takes the result as data.

## Workaround
Let the job run behind an environment with required reviewers, check out the very commit that was reviewed, and set `persist-credentials:
false` and `permissions: {}`.

## Prevent
Never check out a pull request's code in a run with rights.

## Validate
Open a pull request from a fork that prints the environment in its build: the run has no secrets and its token may only read.

## Bad
```github
on: pull_request_target
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          ref: ${{ github.event.pull_request.head.sha }} # finding
      - run: npm ci && npm test
```

```github
on: issue_comment
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: gh pr checkout ${{ github.event.issue.number }} # finding
      - run: make test
```

## Good
```github
on: pull_request_target
permissions: {}
jobs:
  label:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
      - run: ./label.sh
  own:
    if: github.event.pull_request.head.repo.full_name == github.repository
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          ref: ${{ github.event.pull_request.head.sha }}
      - run: npm ci
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Profile, Severity, rule
from auditor.views.pipeline.strangers import StrangeCode, strange_code


@rule(
    target="github_workflow",
    each=strange_code,
    severity=Severity.CRITICAL,
    confidence=Confidence.FIRM,
    profile=Profile.GATE,
)
def check(code: StrangeCode) -> Iterator[Fail]:
    if code.runner is not None and code.powerful and not code.guarded and not code.approved:
        message = "code of strangers is checked out in a run with the repository's rights, and run"
        yield Fail(code.where, message, "the workflow split in two", related=(code.runner,))
