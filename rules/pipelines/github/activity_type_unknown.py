"""A workflow waits for an activity that its event does not have.

## Why it matters
The workflow never starts for that activity: there is no `merged` for pull requests, a merge is `closed` with a condition.

## Five whys
1. Why did nothing run after the merge? The workflow waits for an activity that never comes.
2. Why was it written so? The name is what people call it.
3. Why is there no error? Types are compared with what arrives, and nothing matches.
4. Why was it not noticed? A workflow that does not run leaves no trace.

## Fix now
Take one of the types that are listed; after a merge: `types: [closed]` and `if: github.event.pull_request.merged`.

## Workaround
Leave `types` out, so that the usual activities count.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
`gh run list --workflow FILE --limit 3` shows a run for the next event of that kind.

## Bad
```github
on:
  pull_request:
    types: [merged] # finding
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```

## Good
```github
on:
  pull_request:
    types: [closed]
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(target="github_workflow", each=faults("activity"), severity=Severity.HIGH, aliases="actionlint:events")
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
