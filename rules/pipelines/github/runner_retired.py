"""A job asks for a runner that GitHub has switched off.

## Why it matters
The job waits for a runner that never comes and is cancelled after a day, without a log.

## Five whys
1. Why was the run cancelled after 24 hours? No runner took its job.
2. Why not? GitHub has switched the image off.
3. Why is there no error? A label that no runner carries may be one of yours that is offline.
4. Why was it not noticed earlier? The image was announced as deprecated in mails and warnings only.

## Fix now
Take the label that is proposed, and test: compilers, libraries and defaults are newer.

## Workaround
Run the job in a container of the old system: `container: ubuntu:20.04`.

## Prevent
Let a scheduled scan look at the workflows: the table of labels is dated and grows.

## Validate
The job gets past "Waiting for a runner".

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-20.04 # finding
    steps:
      - run: make
```

## Good
```github
on: push
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
    each=faults("label-retired"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:runner-label",
    symptoms=[
        "Waiting for a runner to pick up this job",
        "Can't find any online and idle self-hosted runner",
        "was not acquired by Runner of type hosted",
        "This is a scheduled .* brownout",
    ],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
