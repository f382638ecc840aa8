"""A schedule fires more often than the platform runs it.

## Why it matters
GitHub runs schedules at most every five minutes, and late when it is busy; shorter ones are dropped without a message. Whoever relies on a
check every minute learns of an outage a quarter of an hour later, or not at all.

## Five whys
1. Why did the check miss the outage? It did not run in that time.
2. Why not, though its schedule says every minute? The platform starts schedules every five minutes at best.
3. Why was it written so? The line came from a crontab, where a minute works.

## Fix now
Start the workflow by hand (`gh workflow run FILE`) for the run that is missing.

## Workaround
Let one run repeat the check inside of it for five minutes.

## Prevent
Use `*/5` or more on GitHub, at an uneven minute; what has to run every minute belongs to a scheduler of its own.

## Validate
`gh run list --workflow FILE --event schedule` shows a run for every time of the schedule.

## Bad
```github
on:
  schedule:
    - cron: '*/1 * * * *' # finding
jobs:
  check:
    runs-on: ubuntu-24.04
    steps:
      - run: ./check.sh
```

## Good
```github
on:
  schedule:
    - cron: '7/10 * * * *'
    - cron: '30 4 * * 1-5'
jobs:
  check:
    runs-on: ubuntu-24.04
    steps:
      - run: ./check.sh
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.cron import Schedule, read
from auditor.views.pipeline.model import Pipeline

_SHORTEST = 5
"""Minutes between two runs that GitHub grants (its documentation, 2026-11)."""


@rule(target="github_workflow", each=pipelines, severity=Severity.MEDIUM)
def check(pipeline: Pipeline) -> Iterator[Fail]:
    for cron in (cron for trigger in pipeline.triggers for cron in trigger.crons):
        found = read(cron.text or "")
        if isinstance(found, Schedule) and found.every_minutes < _SHORTEST:
            message = f"it asks for a run every {found.every_minutes} minutes, and GitHub starts schedules every {_SHORTEST} at most"
            yield Fail(cron, message, f"{_SHORTEST} minutes or more")
