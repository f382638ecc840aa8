"""A step uses an action made for a runtime that GitHub switched off.

## Why it matters
GitHub runs it on a newer Node.js than it was made for. It may fail, and its version gets no fixes any more.

## Five whys
1. Why does the log warn, or the step fail? The action was made for an old Node.js.
2. Why is that version used? It was pinned by its major number, and nothing raised it.
3. Why does it still run? GitHub puts the next runtime under it.
4. Why is that not enough? What is bundled with it was never tested there.

## Fix now
Take the current major version of the action.

## Workaround
Test whether the job still passes; the warning alone breaks nothing.

## Prevent
Let Dependabot raise actions: `package-ecosystem: github-actions`.

## Validate
The annotations of the run have no warning about Node.js.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v2 # finding
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v5
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow github_action",
    each=faults("action-old"),
    severity=Severity.LOW,
    aliases="actionlint:action",
    symptoms=[r"Node.js \d+ (actions are )?deprecated", "Please update the following actions to use Node.js"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
