"""A schedule cannot be read, or names a day that does not exist.

## Why it matters
The pipeline does not start: not tonight, not ever. A backup, a clean-up or a nightly audit is missing, and nothing is red, because a
run that does not start cannot fail.

## Five whys
1. Why is there no backup of last night? The nightly pipeline did not run.
2. Why not? Its schedule names no moment that exists, or the platform could not read it.
3. Why was that not seen? Nobody looks for a run that is not there.
4. Why was the line wrong? Cron has five fields without names, and other programs accept six.

## Fix now
Start the pipeline by hand for what was missed.

## Workaround
Let something else start it: `gh workflow run FILE` from a crontab.

## Prevent
Five fields (minute, hour, day, month, weekday), in quotes; an alarm for a nightly run that is missing.

## Validate
`gh run list --workflow FILE --event schedule` shows a run at the next moment of the schedule.

## Bad
```github
on:
  schedule:
    - cron: '0 0 31 2 *' # finding
    - cron: '0 3 30 2 *' # finding
jobs:
  backup:
    runs-on: ubuntu-24.04
    steps:
      - run: ./backup.sh
```

```jenkinsfile
pipeline {
  agent any
  triggers { cron('H 24 * * *') } // finding
  stages { stage('a') { steps { sh 'make' } } }
}
```

## Good
```github
on:
  schedule:
    - cron: '0 3 * * MON-FRI'
    - cron: '0 0 29 2 *'
    - cron: '15,45 */6 1-7 * *'
jobs:
  backup:
    runs-on: ubuntu-24.04
    steps:
      - run: ./backup.sh
```

```jenkinsfile
pipeline {
  agent any
  triggers { cron('H H(0-6) * * 1-5') }
  stages { stage('a') { steps { sh 'make' } } }
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import KINDS, pipelines
from auditor.views.pipeline.model import Pipeline, Platform
from auditor.views.pipeline.reading import is_open
from auditor.views.schedule import parse

_HASHED = re.compile(r"H(?:\((\d+)-(\d+)\))?(?=[/\s]|$)")


@rule(target=KINDS, each=pipelines, severity=Severity.HIGH, symptoms=[r"[Ii]nvalid cron"])
def check(pipeline: Pipeline) -> Iterator[Fail]:
    for cron in (cron for trigger in pipeline.triggers for cron in trigger.crons):
        text = cron.text or ""
        if is_open(text):
            continue
        if pipeline.platform is Platform.JENKINS:
            text = _HASHED.sub(lambda found: found[1] or "*", text)
        schedule = parse(text)
        if schedule.fault and pipeline.platform is not Platform.GITHUB:
            yield Fail(cron, f"{text!r} is no schedule: {schedule.fault}", "minute, hour, day, month and weekday")
        elif not schedule.fault and schedule.never:
            yield Fail(cron, "no month has such a day, so this never fires", "a day that exists")
