"""A build is scheduled at a fixed minute, as many others are.

## Why it matters
All jobs with `0 0 * * *` start in the same second: the controller and the agents are overloaded, and builds time out at night that work
by day. `H` spreads them.

## Five whys
1. Why do builds time out at midnight? The agents are overloaded.
2. Why then? Dozens of jobs start in the same minute.
3. Why? Each has the same minute in its schedule.

## Fix now
Start the builds that failed again, by day.

## Workaround
Move the schedule by some minutes.

## Prevent
`H` in place of the minute: `cron('H 2 * * *')`.

## Validate
The builds of two jobs start at different minutes.

## Bad
```jenkinsfile
pipeline {
  agent any
  triggers { cron('0 0 * * *') } // finding
  stages {
    stage('Nightly') { steps { sh 'make nightly' } }
  }
}
```

## Good
```jenkinsfile
pipeline {
  agent any
  triggers { cron('H 2 * * *') }
  stages {
    stage('Nightly') { steps { sh 'make nightly' } }
  }
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.model import Pipeline

_FIXED = re.compile(r"\s*(?:0|00|30|\*|\*/\d+)\s+[\d*/,-]+\s+\S+\s+\S+\s+\S+\s*\Z")


@rule(target="jenkinsfile", each=pipelines, severity=Severity.INFO)
def check(pipeline: Pipeline) -> Iterator[Fail]:
    for cron in (cron for trigger in pipeline.triggers for cron in trigger.crons):
        if isinstance(cron.value, str) and _FIXED.match(cron.value):
            yield Fail(cron, "many jobs start in that very minute", "H in place of the minute")
