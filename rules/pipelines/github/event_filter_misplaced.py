"""An event has a filter that does not apply to it, or lacks its own.

## Why it matters
A filter that an event does not have is refused or ignored: the workflow runs for every tag and branch, or not at all. `workflow_run`
without the names of workflows never starts.

## Five whys
1. Why did the workflow run for everything, or never? Its filter does not belong to the event.
2. Why is it there? Another event has it: `tags` is for pushes, not for releases or pull requests.
3. Why did nothing say so? Events carry different data, and a filter needs the data it looks at.
4. Why was it not noticed? The filter reads well.

## Fix now
Move the filter to the event that has it, or ask in the job: `if: startsWith(github.ref, 'refs/tags/v')`.

## Workaround
Remove the filter.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
`gh run list --workflow FILE --limit 3` shows a run for the next event of that kind.

## Bad
```github
on:
  release:
    tags: ['v*'] # finding
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```

## Good
```github
on:
  push:
    tags: ['v*']
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


@rule(
    target="github_workflow",
    each=faults("filter", "workflows"),
    severity=Severity.MEDIUM,
    aliases="actionlint:events",
    symptoms=["Unexpected value 'tags'"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
