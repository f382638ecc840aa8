"""A schedule asks for more starts than GitHub gives.

## Why it matters
GitHub starts scheduled workflows every five minutes at most, often later. What relies on every minute runs late or is left out.

## Five whys
1. Why does the job not run every minute? GitHub's shortest interval is five minutes.
2. Why was it written so? Cron elsewhere has no such limit.
3. Why is it not even five minutes? Schedules start when there is capacity; around the full hour they are late.
4. Why was it not noticed? Some runs do come.

## Fix now
Ask for `*/5` or less often; poll in a service of your own where seconds count.

## Workaround
Let a loop inside one run do the work for five minutes.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
The times of the runs in the Actions tab match the schedule.

## Bad
```github
on:
  schedule:
    - cron: '*/2 * * * *' # finding
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```

## Good
```github
on:
  schedule:
    - cron: '*/15 * * * *'
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


@rule(target="github_workflow", each=faults("cron-often"), severity=Severity.MEDIUM, aliases="actionlint:events")
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
