"""A schedule is malformed.

## Why it matters
GitHub refuses the file, or never starts the workflow: what should run every night does not run at all.

## Five whys
1. Why did the nightly job not run? Its schedule is none.
2. Why not? It has four or six fields, a number out of range, or a time zone that does not exist.
3. Why was it written so? Other systems have seconds, years or words such as `@daily`.
4. Why was it not noticed? A run that does not happen sends no message.

## Fix now
Write five fields: minute, hour, day of the month, month, day of the week; in UTC, unless `timezone` names another zone.

## Workaround
Start the workflow by hand with `workflow_dispatch` until it is mended.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
The Actions tab shows a run with the event `schedule` after the next due time.

## Bad
```github
on:
  schedule:
    - cron: '0 */3 * *' # finding
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
    - cron: '0 */3 * * *'
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow",
    each=faults("cron-malformed", "time-zone"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:events",
    symptoms=["Invalid cron"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
